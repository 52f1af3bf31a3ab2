// One binary that answers, and phones that each keep a few messages under way for three seconds.
"use strict";
const WebSocket = require("ws");

const [port, bytes, phones] = process.argv.slice(2).map(Number);
const UNDER_WAY = bytes > 8192 ? 2 : 8;
const MILLIS = 3000;
const message = JSON.stringify({ v: 2, type: "noise_msg", data: "x".repeat(Math.max(1, bytes - 40)) });

function open(path) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    perMessageDeflate: false,
    headers: {
      "User-Agent": "load/1",
      "x-pyrycode-server": "load-" + process.pid,
      "x-pyrycode-version": "1",
      "x-pyrycode-token": "t",
    },
  });
  return new Promise((done, failed) => socket.on("open", () => done(socket)).on("error", failed));
}

async function main() {
  let answers = 0;
  let running = true;
  const server = await open("/v1/server");
  // the envelope goes back as it came: it has the same form both ways
  server.on("message", (data) => server.send(data, { binary: false }));
  const all = await Promise.all(Array.from({ length: phones }, () => open("/v1/client")));
  for (const phone of all) {
    phone.on("message", () => {
      answers++;
      if (running) phone.send(message);
    });
    for (let i = 0; i < UNDER_WAY; i++) phone.send(message);
  }
  await new Promise((done) => setTimeout(done, MILLIS));
  running = false;
  console.log(answers);
  process.exit(0);
}

main();
