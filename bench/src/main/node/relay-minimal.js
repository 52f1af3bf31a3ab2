// The least that can be called a relay: no limits, no deadlines, no checks of what is passed on.
"use strict";
const { WebSocketServer } = require("ws");

const servers = new Map();
const phones = new Map();
let count = 0;

// as a JVM is asked by jcmd; needs --expose-gc
process.on("SIGUSR2", () => global.gc?.());

function send(socket, message) {
  socket?.send(JSON.stringify(message), { binary: true });
}

new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  backlog: 4096,
  perMessageDeflate: false,
}).on("connection", (socket, request) => {
  const id = request.headers["x-pyrycode-server"];
  if (request.url === "/v1/server") {
    servers.set(id, socket);
    socket.on("message", (data) => {
      const { conn_id, frame } = JSON.parse(data);
      send(phones.get(conn_id), frame);
    });
    socket.on("close", () => servers.delete(id));
    return;
  }
  const name = "client-" + id + "-" + count++;
  phones.set(name, socket);
  socket.on("message", (data) => send(servers.get(id), { conn_id: name, frame: JSON.parse(data) }));
  socket.on("close", () => phones.delete(name));
});
