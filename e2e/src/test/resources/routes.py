"""A client of the control API that knows nothing but its proto files: adds a route and lists all."""

import sys

import grpc
from gatehouse.v1 import proxy_pb2, proxy_pb2_grpc

socket, hostname, backend = sys.argv[1:]
with grpc.insecure_channel("unix:" + socket, options=[("grpc.default_authority", "localhost")]) as channel:
    proxy = proxy_pb2_grpc.ProxyServiceStub(channel)
    route = proxy_pb2.Route(hostname=hostname, backend=backend)
    added = proxy.AddRoute(proxy_pb2.AddRouteRequest(route=route), timeout=10)
    print(proxy_pb2.AddRouteResponse.Outcome.Name(added.outcome), added.route_id)
    for listed in proxy.ListRoutes(proxy_pb2.ListRoutesRequest(), timeout=10).routes:
        print(listed.status.listener_addr, listed.hostname, listed.backend, proxy_pb2.RouteMode.Name(listed.mode))
    try:
        proxy.AddRoute(proxy_pb2.AddRouteRequest(route=proxy_pb2.Route(hostname=hostname)), timeout=10)
    except grpc.RpcError as refused:
        print(refused.code().name, refused.details())
