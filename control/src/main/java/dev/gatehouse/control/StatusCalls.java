package dev.gatehouse.control;

import com.google.protobuf.Duration;
import dev.gatehouse.control.v1.GetStatusRequest;
import dev.gatehouse.control.v1.GetStatusResponse;
import dev.gatehouse.control.v1.ListeningSocket;
import dev.gatehouse.control.v1.Service;
import dev.gatehouse.control.v1.ServiceState;
import dev.gatehouse.control.v1.StatusServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Answers what runs, since when, and on which sockets. */
public final class StatusCalls extends StatusServiceGrpc.StatusServiceImplBase
    implements ControlCalls {

  private final ServerView server;

  public StatusCalls(ServerView server) {
    this.server = server;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    Answers.answer(call, this::status);
  }

  @Override
  public void drain() {
    // every call here ends by itself
  }

  private GetStatusResponse status() {
    GetStatusResponse.Builder status =
        GetStatusResponse.newBuilder()
            .setVersion(server.version())
            .setUptime(
                Duration.newBuilder()
                    .setSeconds(server.uptime().toSeconds())
                    .setNanos(server.uptime().toNanosPart()));
    server.services().forEach(service -> status.addServices(service(service)));
    server.listeners().forEach(listening -> status.addListeners(listener(listening)));
    return status.build();
  }

  private static Service service(ServerView.Service service) {
    return Service.newBuilder()
        .setName(service.name())
        .setState(state(service.state()))
        .addAllWaitingFor(service.waitingFor())
        .build();
  }

  private static ListeningSocket listener(ServerView.Listening listening) {
    return ListeningSocket.newBuilder()
        .setService(listening.service())
        .setProtocol(listening.protocol())
        .setAddress(listening.address())
        .build();
  }

  private static ServiceState state(dev.gatehouse.kernel.lifecycle.ServiceState state) {
    return switch (state) {
      case OFF -> ServiceState.SERVICE_STATE_OFF;
      case STARTING -> ServiceState.SERVICE_STATE_STARTING;
      case SERVING -> ServiceState.SERVICE_STATE_SERVING;
      case DRAINING -> ServiceState.SERVICE_STATE_DRAINING;
      case FAILED -> ServiceState.SERVICE_STATE_FAILED;
    };
  }
}
