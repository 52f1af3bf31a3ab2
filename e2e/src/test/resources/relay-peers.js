// Binaries and phones of the relay, played by the WebSocket library that many of them use.
"use strict";
const WebSocket = require("ws");
const assert = require("assert");
const net = require("net");

const [task, ...rest] = process.argv.slice(2);
let [base, host, count] = rest;
const TOKEN = "device-token-that-nobody-logs";

function open(path, fields) {
  const socket = new WebSocket(base + path, {
    ...(base.startsWith("wss") ? { rejectUnauthorized: false, servername: host.split(":")[0] } : {}),
    headers: { Host: host, "User-Agent": "peer/1", ...fields },
    handshakeTimeout: 20000,
  });
  socket.inbox = [];
  socket.waiting = [];
  socket.on("message", (data, binary) => {
    socket.lastBinary = binary;
    const next = socket.waiting.shift();
    next ? next(data.toString()) : socket.inbox.push(data.toString());
  });
  socket.ended = new Promise((done) =>
    socket.on("close", (code, reason) => done((code + " " + reason).trim())));
  socket.status = new Promise((done) =>
    socket.on("unexpected-response", (request, response) => {
      done(response.statusCode);
      response.resume();
      request.destroy();
    }));
  socket.opened = new Promise((done) => socket.on("open", done));
  socket.on("error", () => {});
  return socket;
}

const next = (socket) =>
  socket.inbox.length ? Promise.resolve(socket.inbox.shift()) : new Promise((done) => socket.waiting.push(done));

const binary = (id, more) =>
  open("/v1/server", { "x-pyrycode-server": id, "x-pyrycode-version": "0.9.1", ...more });
const phone = (id, more) =>
  open("/v1/client", { "x-pyrycode-server": id, "x-pyrycode-token": TOKEN, "x-pyrycode-device-name": "Pixel", ...more });

async function pair(server, id) {
  const one = phone(id);
  await one.opened;
  one.send('{"hello":1}');
  one.name = JSON.parse(await next(server)).conn_id;
  return one;
}

// As in the field: who is turned away comes again.
async function comeBack(id) {
  for (;;) {
    const one = phone(id);
    const inside = await Promise.race([
      one.opened.then(() => true), one.ended.then(() => false), one.status.then(() => false)]);
    if (inside) return one;
    await new Promise((done) => setTimeout(done, 50 + Math.random() * 200));
  }
}

let ids = 0;
const fresh = () => "id-" + process.pid + "-" + ids++;

const checks = {
  async "a binary is heard at once, without a subprotocol"() {
    const server = binary(fresh());
    await server.opened;
    assert.strictEqual(server.protocol, "");
    assert.strictEqual(server.extensions, "");
    const pong = new Promise((done) => server.on("pong", done));
    server.ping("x");
    assert.strictEqual((await pong).toString(), "x");
    assert.strictEqual(server.inbox.length, 0);
    server.close();
  },
  async "messages are wrapped one way and unwrapped the other"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const one = phone(id);
    await one.opened;
    const secret = '{"v":2,"type":"noise_init","data":"c2VjcmV0LXBheWxvYWQ="}';
    one.send(secret);
    const text = await next(server);
    const name = JSON.parse(text).conn_id;
    assert.match(name, new RegExp("^client-" + id + "-[0-9a-f]{8}$"));
    assert.strictEqual(text, `{"conn_id":"${name}","frame":${secret}}`);
    server.send(JSON.stringify({ conn_id: name, frame: { a: "<>&" }, other: [1], token: 7 }));
    assert.strictEqual(await next(one), '{"a":"<>&"}');
    assert.strictEqual(one.lastBinary, true);
    one.close(4000);
    assert.strictEqual(await next(server), `{"conn_id":"${name}","close_code":4000}`);
    server.close();
  },
  async "a directive closes, with a frame, without one or with null"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    for (const [rest, first] of [[{ frame: { bye: 1 } }, '{"bye":1}'], [{ frame: null }, null], [{}, null]]) {
      const one = await pair(server, id);
      server.send(JSON.stringify({ conn_id: one.name, ...rest, close_code: 4401 }));
      if (first) assert.strictEqual(await next(one), first);
      assert.strictEqual(await one.ended, "4401");
    }
    server.close();
  },
  async "a bad envelope ends nothing"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const one = await pair(server, id);
    for (const bad of ["", "{", "[]", '{"conn_id":7,"frame":1}', '{"conn_id":"nobody","frame":1}', '{"frame":1}',
      '{"a":'.repeat(5000), "[".repeat(100000)]) {
      server.send(bad);
    }
    server.send(JSON.stringify({ conn_id: one.name, frame: 1 }));
    assert.strictEqual(await next(one), "1");
    server.close();
  },
  async "what is no JSON ends a phone, and the binary is told"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const one = await pair(server, id);
    one.send("[".repeat(2000));
    assert.strictEqual(await one.ended, "1007 invalid json");
    assert.strictEqual(await next(server), `{"conn_id":"${one.name}","close_code":1007}`);
    server.close();
  },
  async "a live binary keeps its server-id"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    assert.strictEqual(await binary(id).ended, "4409 server-id already claimed");
    assert.strictEqual(server.readyState, WebSocket.OPEN);
    server.close();
  },
  async "a binary that comes back puts its old phones out"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const one = await pair(server, id);
    server.terminate();
    await new Promise((done) => setTimeout(done, 200));
    const again = binary(id);
    await again.opened;
    assert.strictEqual(await one.ended, "4404 binary reclaimed server-id");
    const two = await pair(again, id);
    assert.notStrictEqual(two.name, one.name);
    again.close();
  },
  async "a phone without a binary is told so"() {
    assert.strictEqual(await phone(fresh()).ended, "4404 no server with that id");
  },
  async "the seventeenth phone is one too many"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const phones = [];
    for (let i = 0; i < 16; i++) phones.push(await pair(server, id));
    assert.strictEqual(await phone(id).ended, "4429 too many phones for server-id");
    assert.ok(phones.every((one) => one.readyState === WebSocket.OPEN));
    server.close();
  },
  async "a message at the limit passes, and one byte more ends the peer"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const one = await pair(server, id);
    const whole = '"' + "x".repeat(262142) + '"';
    one.send(whole);
    assert.strictEqual(JSON.parse(await next(server)).frame.length, 262142);
    one.send(whole + " ");
    assert.strictEqual(await one.ended, "1009 message too big");
    server.close();
  },
  async "a stalled phone delays nobody, and gets all of it later"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const stalled = await pair(server, id);
    const siblings = [await pair(server, id), await pair(server, id)];
    stalled.pause();
    const long = "x".repeat(60000);
    for (let i = 0; i < 50; i++) {
      server.send(JSON.stringify({ conn_id: stalled.name, frame: i + long }));
      siblings.forEach((one) => server.send(JSON.stringify({ conn_id: one.name, frame: i })));
    }
    for (let i = 0; i < 50; i++) {
      for (const one of siblings) assert.strictEqual(await next(one), String(i));
    }
    assert.strictEqual(stalled.inbox.length, 0);
    stalled.resume();
    for (let i = 0; i < 50; i++) assert.strictEqual(await next(stalled), `"${i}${long}"`);
    server.close();
  },
  async "a phone that never reads loses its place, and nobody else does"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const stalled = await pair(server, id);
    const sibling = await pair(server, id);
    stalled.pause();
    const long = "x".repeat(200000);
    const told = next(server);
    for (let i = 0; i < 150; i++) {
      server.send(JSON.stringify({ conn_id: stalled.name, frame: long }));
      server.send(JSON.stringify({ conn_id: sibling.name, frame: i }));
      assert.strictEqual(await next(sibling), String(i));
    }
    assert.strictEqual(await told, `{"conn_id":"${stalled.name}","close_code":1011}`);
    stalled.resume();
    assert.match(await stalled.ended, /^1011 phone backlog full$|^1006$/);
    server.close();
  },
  async "fragments become one message"() {
    const id = fresh();
    const server = binary(id);
    await server.opened;
    const one = await pair(server, id);
    one.send('{"a"', { fin: false });
    one.ping();
    one.send(":", { fin: false });
    one.send("1}", { fin: true });
    assert.strictEqual(JSON.parse(await next(server)).frame.a, 1);
    server.close();
  },
  async "missing fields are a bad request"() {
    assert.strictEqual(await open("/v1/client", { "x-pyrycode-server": fresh() }).status, 400);
    assert.strictEqual(await open("/v1/server", { "x-pyrycode-server": fresh() }).status, 400);
    assert.strictEqual(await open("/v1/elsewhere", {}).status, 404);
  },
};

const tasks = {
  async check() {
    for (const [name, check] of Object.entries(checks)) {
      await check();
      console.log("ok " + name);
    }
  },
  async storm() {
    const servers = [];
    for (let i = 0; i * 16 < count; i++) {
      const server = binary("storm-" + i);
      await server.opened;
      servers.push(server);
    }
    for (let round = 0; round < 2; round++) {
      const phones = await Promise.all(
        Array.from({ length: Number(count) }, (_, i) => comeBack("storm-" + (i >> 4))));
      phones.forEach((one, i) => one.send(String(i)));
      await Promise.all(servers.map(async (server) => {
        for (let i = 0; i < 16; i++) {
          const { conn_id, frame } = JSON.parse(await next(server));
          server.send(JSON.stringify({ conn_id, frame }));
        }
      }));
      for (let i = 0; i < count; i++) assert.strictEqual(await next(phones[i]), String(i));
      phones.forEach((one) => one.terminate());
      await Promise.all(phones.map((one) => one.ended));
      await Promise.all(servers.map(async (server) => {
        for (let i = 0; i < 16; i++) assert.strictEqual(JSON.parse(await next(server)).close_code, 1001);
      }));
    }
    console.log("ok storm of " + count);
  },
  // A binary that says what it hears, and closes the phone that wants it.
  async serve() {
    const server = binary(count);
    await server.opened;
    console.log("serving");
    server.on("message", (data) => {
      const { conn_id, frame, close_code } = JSON.parse(data);
      if (close_code !== undefined) console.log("gone " + close_code);
      else if (frame.bye) server.send(JSON.stringify({ conn_id, close_code: frame.bye }));
      else server.send(JSON.stringify({ conn_id, frame: { echo: frame } }));
    });
    console.log("ended " + await server.ended);
  },
  // A phone of that server-id, by each of these ways.
  async talk() {
    const [id, ...ways] = rest;
    while (ways.length) {
      [base, host] = ways.splice(0, 2);
      const one = phone(id);
      await one.opened;
      const said = [{ v: 2, type: "noise_init", data: "c2VjcmV0LXBheWxvYWQ=" }, "x".repeat(200000), "<>&\u2028é😀", [1, null]];
      said.forEach((each) => one.send(JSON.stringify(each)));
      one.send('{"in"', { fin: false });
      one.send(':"parts"}', { fin: true });
      for (const each of [...said, { in: "parts" }]) assert.deepStrictEqual(JSON.parse(await next(one)), { echo: each });
      const pong = new Promise((done) => one.on("pong", done));
      one.ping("alive");
      assert.strictEqual((await pong).toString(), "alive");
      one.send('{"bye":4401}');
      assert.strictEqual(await one.ended, "4401");
      const other = phone(id);
      await other.opened;
      other.close(4000);
      await other.ended;
      console.log("ok " + base);
    }
  },
  // A binary for a phone that somebody else plays.
  async meet() {
    const server = binary(count);
    await server.opened;
    console.log("serving");
    const hello = JSON.parse(await next(server));
    assert.deepStrictEqual(hello.frame, { hello: "from a page" });
    server.send(JSON.stringify({ conn_id: hello.conn_id, frame: { secret: "c2VjcmV0LXBheWxvYWQ=" } }));
    assert.deepStrictEqual(JSON.parse(await next(server)).frame, { heard: { secret: "c2VjcmV0LXBheWxvYWQ=" } });
    server.send(JSON.stringify({ conn_id: hello.conn_id, close_code: 4401 }));
    const again = JSON.parse(await next(server));
    assert.notStrictEqual(again.conn_id, hello.conn_id);
    assert.deepStrictEqual(again.frame, { closed: 4401, reason: "" });
    console.log("ok met");
  },
  async hold() {
    const server = binary("held");
    await server.opened;
    const phones = [];
    for (let i = 0; i < count; i++) phones.push(await pair(server, "held"));
    console.log("holding");
    const ends = await Promise.all([server, ...phones].map((one) => one.ended));
    ends.forEach((end) => console.log("ended " + end));
  },
  async flood() {
    const [, address, port] = base.match(/([0-9.]+):([0-9]+)/);
    const answers = {};
    const request = "GET /v1/client HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    const one = () => new Promise((done) => {
      const socket = net.connect(port, address, () => socket.write(request));
      let head = "";
      socket.on("data", (data) => (head += data));
      socket.on("error", () => (head += "HTTP/1.1 reset"));
      socket.on("close", () => {
        const status = head.split(" ")[1];
        answers[status] = (answers[status] || 0) + 1;
        done();
      });
    });
    const worker = async (share) => { for (let i = 0; i < share; i++) await one(); };
    await Promise.all(Array.from({ length: 50 }, () => worker(count / 50)));
    console.log(JSON.stringify(answers));
  },
};

tasks[task]().then(() => process.exit(0), (failure) => {
  console.error(failure);
  process.exit(1);
});
