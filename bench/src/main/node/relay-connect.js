// How binaries and phones come to a relay.
"use strict";
const WebSocket = require("ws");

const AT_ONCE = 64;
const TIMEOUT = 10_000;

// One mask for all frames: drawing random ones would cost the clients more than all else they do.
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const generateMask = (mask) => MASK.copy(mask);

function connect(port, path, id) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    perMessageDeflate: false,
    handshakeTimeout: TIMEOUT,
    generateMask,
    headers: {
      "User-Agent": "bench/1",
      "x-pyrycode-server": id,
      "x-pyrycode-version": "1",
      "x-pyrycode-token": "t",
    },
  });
  return new Promise((done, failed) => socket.on("open", () => done(socket)).on("error", failed));
}

// Some at a time, each beginning when another is done.
async function connectAll(count, one) {
  const all = [];
  let next = 0;
  const inTurn = async () => {
    while (next < count) {
      const i = next++;
      all[i] = await one(i);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, inTurn));
  return all;
}

// The frame of a message as a client sends it, so many times over.
function frames(message, times) {
  const options = { fin: true, opcode: 1, mask: true, maskBuffer: Buffer.alloc(4), readOnly: true, generateMask };
  const one = Buffer.concat(WebSocket.Sender.frame(message, options));
  return Buffer.concat(Array(times).fill(one));
}

module.exports = { connect, connectAll, frames, TIMEOUT };
