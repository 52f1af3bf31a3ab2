"""A binary or a phone of the relay, played by a library that has nothing in common with Node's.

Arguments: serve URL HOST SERVER-ID, or talk SERVER-ID and pairs of URL and HOST. It says and
expects what the tasks of the same names in relay-peers.js do.
"""

import asyncio
import json
import ssl
import sys

import websockets

TOKEN = "device-token-that-nobody-logs"
SAID = [
    {"v": 2, "type": "noise_init", "data": "c2VjcmV0LXBheWxvYWQ="},
    "x" * 200_000,
    "<>&\u2028é😀",
    [1, None],
]


def connect(base, host, path, fields):
    """A connection that offers compression, which is not to be taken."""
    secure = {}
    if base.startswith("wss"):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        secure = {"ssl": context, "server_hostname": host.split(":")[0]}
    address, port = base.split("//")[1].rsplit(":", 1)
    scheme = base.split(":")[0]
    return websockets.connect(
        f"{scheme}://{host}{path}",
        host=address.strip("[]"),
        port=int(port),
        extra_headers=fields,
        max_size=1 << 20,
        **secure,
    )


def phone(base, host, server_id):
    fields = {"x-pyrycode-server": server_id, "x-pyrycode-token": TOKEN}
    return connect(base, host, "/v1/client", fields)


async def serve(base, host, server_id):
    fields = {"x-pyrycode-server": server_id, "x-pyrycode-version": "0.9.1"}
    async with connect(base, host, "/v1/server", fields) as server:
        print("serving", flush=True)
        try:
            async for message in server:
                await answer(server, json.loads(message))
        except websockets.ConnectionClosedError:
            pass
        print("ended", server.close_code, server.close_reason, flush=True)


async def answer(server, envelope):
    to, frame = envelope["conn_id"], envelope.get("frame")
    if "close_code" in envelope:
        print("gone", envelope["close_code"], flush=True)
    elif isinstance(frame, dict) and "bye" in frame:
        await server.send(json.dumps({"conn_id": to, "close_code": frame["bye"]}))
    else:
        await server.send(json.dumps({"conn_id": to, "frame": {"echo": frame}}))


async def talk(server_id, *ways):
    for base, host in zip(ways[::2], ways[1::2]):
        async with phone(base, host, server_id) as one:
            assert one.subprotocol is None and not one.extensions
            for each in SAID:
                await one.send(json.dumps(each))
            await one.send(['{"in"', ':"parts"}'])
            for each in [*SAID, {"in": "parts"}]:
                heard = json.loads(await one.recv())
                assert heard == {"echo": each}, heard
            await asyncio.wait_for(await one.ping("alive"), 20)
            await one.send('{"bye":4401}')
            await one.wait_closed()
            assert (one.close_code, one.close_reason) == (4401, ""), one.close_code
        async with phone(base, host, server_id) as other:
            await other.close(4000)
        print("ok", base, flush=True)


asyncio.run({"serve": serve, "talk": talk}[sys.argv[1]](*sys.argv[2:]))
