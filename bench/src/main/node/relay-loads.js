// What is asked of a relay: each load takes a contender and gives its figures, one for each column.
"use strict";
const { execFileSync } = require("child_process");
const { readFileSync } = require("fs");
const { frames } = require("./relay-connect");
const { Party } = require("./relay-party");

// Until phones have come to their pace.
const SETTLE_MILLIS = 500;
const UNDER_WAY_IN_ALL = 128;
const BYTES_OF_EACH = 128 * 1024;
const MICROS_PER_TICK = 10_000;

function messageOf(bytes) {
  const empty = JSON.stringify({ v: 2, type: "noise_msg", data: "" }).length;
  return Buffer.from(JSON.stringify({ v: 2, type: "noise_msg", data: "Nq3/".repeat(bytes).slice(0, bytes - empty) }));
}

// User and system time of all threads.
function cpuMicros(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * MICROS_PER_TICK;
}

async function meeting(port, ids, phonesOfEach, action) {
  const party = await Party.meet(port, ids, phonesOfEach);
  try {
    return await action(party);
  } finally {
    await party.part();
  }
}

// Phones keep messages under way: who has answers sends as many messages, in one write for those of one read.
function keepUnderWay(party, message, underWay) {
  const batch = frames(message, underWay);
  const frame = batch.length / underWay;
  const due = new Map(party.phones.map((phone) => [phone, 0]));
  const send = (phone) => {
    phone._socket.write(batch.subarray(0, due.get(phone) * frame));
    due.set(phone, 0);
  };
  party.onAnswer(message, (phone) => {
    const before = due.get(phone);
    due.set(phone, before + 1);
    if (before === 0) process.nextTick(send, phone);
  });
  for (const phone of party.phones) phone._socket.write(batch);
}

function messages({ port, pid }, { bytes, ids, phonesOfEach, seconds }) {
  return meeting(port, ids, phonesOfEach, async (party) => {
    const each = Math.min(UNDER_WAY_IN_ALL / party.phones.length, BYTES_OF_EACH / bytes);
    keepUnderWay(party, messageOf(bytes), Math.max(1, Math.floor(each)));
    await party.until(party.phones.length);
    await party.last(SETTLE_MILLIS);
    const before = { cpu: cpuMicros(pid), answers: party.answers, millis: performance.now() };
    await party.last(seconds * 1000);
    // there and back are two
    const passed = 2 * (party.answers - before.answers);
    if (passed === 0) throw new Error("no answer came");
    return [
      (cpuMicros(pid) - before.cpu) / passed,
      (passed * 1000) / (performance.now() - before.millis),
    ];
  });
}

// Phones in turn send a message each, at a rate that does not depend on answers.
function sendAtRate(party, message, rate, sent) {
  const frame = frames(message, 1);
  const begin = performance.now();
  let count = 0;
  return setInterval(() => {
    const due = ((performance.now() - begin) * rate) / 1000;
    for (; count < due; count++) {
      const phone = party.phones[count % party.phones.length];
      sent.get(phone).push(process.hrtime.bigint());
      phone._socket.write(frame);
    }
  }, 1);
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function latency({ port }, { bytes, phones, rate, seconds }) {
  return meeting(port, 1, phones, async (party) => {
    const sent = new Map(party.phones.map((phone) => [phone, []]));
    let micros = [];
    party.onAnswer(messageOf(bytes), (phone) =>
      // a phone's answers come in the order of its messages
      micros.push(Number(process.hrtime.bigint() - sent.get(phone).shift()) / 1000));
    const timer = sendAtRate(party, messageOf(bytes), rate, sent);
    try {
      await party.last(SETTLE_MILLIS);
      micros = [];
      await party.last(seconds * 1000);
    } finally {
      clearInterval(timer);
    }
    if (micros.length === 0) throw new Error("no answer came");
    const sorted = Float64Array.from(micros).sort();
    return [percentile(sorted, 0.5), percentile(sorted, 0.99)];
  });
}

// KiB of the process after a full collection.
async function memoryOf({ label, pid }, party) {
  await party.last(2000);
  if (label === "gatehouse") execFileSync("jcmd", [pid, "GC.run"], { stdio: "ignore" });
  else process.kill(pid, "SIGUSR2");
  await party.last(2000);
  return Number(/^Pss: *(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))[1]);
}

// Pairs that have had a message and its answer.
function onceUsed(port, pairs, bytes, action) {
  return meeting(port, pairs, 1, async (party) => {
    const message = messageOf(bytes);
    party.onAnswer(message, () => {});
    for (const phone of party.phones) phone._socket.write(frames(message, 1));
    await party.until(pairs);
    party.rest();
    return action(party);
  });
}

async function memory(contender, { bytes, before, pairs }) {
  await onceUsed(contender.port, before, bytes, (party) => party.last(0));
  const empty = await meeting(contender.port, 0, 0, (nobody) => memoryOf(contender, nobody));
  return onceUsed(contender.port, pairs, bytes, async (party) => {
    const full = await memoryOf(contender, party);
    return [(full - empty) / pairs / 2, (full - empty) / pairs, empty / 1024, full / 1024];
  });
}

module.exports = { messages, latency, memory };
