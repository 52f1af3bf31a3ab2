// Asks contenders in turn, round by round, and prints the medians: QUESTION LABEL:PORT:PID...
// What else it is told is in the environment, as bench/relay explains it.
"use strict";
const { messages, latency, memory } = require("./relay-loads");

const settings = {
  rounds: Number(process.env.ROUNDS),
  warmUp: Number(process.env.WARM_UP),
  seconds: Number(process.env.SECONDS_EACH),
  sizes: process.env.SIZES.split(" ").map(Number),
  ids: process.env.IDS.split(" ").map(Number),
  pairs: Number(process.env.PAIRS),
};
const PHONES = 16;
const RATE = 2000;

const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

const questions = {
  *message() {
    for (const ids of settings.ids) {
      for (const bytes of settings.sizes) {
        const phonesOfEach = ids === 1 ? PHONES : 1;
        yield {
          title: `${count(bytes, "byte")}, ${count(ids, "server-id")}, ${count(ids * phonesOfEach, "phone")}`,
          columns: ["CPU µs a message", "messages a second"],
          ask: (contender) => messages(contender, { bytes, ids, phonesOfEach, seconds: settings.seconds }),
        };
      }
    }
  },
  *latency() {
    yield {
      title: `100 bytes there and back, ${PHONES} phones, ${count(RATE, "message")} a second`,
      columns: ["p50 µs", "p99 µs"],
      ask: (contender) =>
        latency(contender, { bytes: 100, phones: PHONES, rate: RATE, seconds: settings.seconds }),
    };
  },
  *memory() {
    const before = Math.ceil(settings.pairs / 5);
    yield {
      title: `${count(settings.pairs, "idle pair")}, in a new process after ${count(before, "pair")}, once`,
      columns: ["KiB a connection", "KiB a pair", "MiB without them", "MiB with them"],
      once: true,
      ask: (contender) => memory(contender, { bytes: 100, before, pairs: settings.pairs }),
    };
  },
};

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const figure = (value) =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);

function print(row, contenders, results) {
  console.log(`\n${row.title}`);
  const ratio = contenders.length === 2;
  const range = ratio && results[0].length > 1;
  const line = (first, rest) => console.log(first.padEnd(20) + rest.map((text) => text.padStart(12)).join(""));
  line("", [
    ...contenders.map(({ label }) => label),
    ...(ratio ? ["÷ " + contenders[1].label] : []),
    ...(range ? ["least", "most"] : []),
  ]);
  row.columns.forEach((name, column) => {
    const series = results.map((rounds) => rounds.map((figures) => figures[column]));
    const cells = series.map((values) => figure(median(values)));
    if (ratio) cells.push((median(series[0]) / median(series[1])).toFixed(2));
    if (range) {
      const ratios = series[0].map((value, round) => value / series[1][round]);
      cells.push(Math.min(...ratios).toFixed(2), Math.max(...ratios).toFixed(2));
    }
    line(name, cells);
  });
}

async function compare(row, contenders) {
  const results = contenders.map(() => []);
  const warmUp = row.once ? 0 : settings.warmUp;
  const rounds = row.once ? 1 : settings.rounds;
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const figures = await row.ask(contender).catch((failure) => {
        throw new Error(`${contender.label}, ${row.title}: ${failure.message}`);
      });
      if (round >= warmUp) results[i].push(figures);
    }
  }
  print(row, contenders, results);
}

async function main([question, ...rest]) {
  const contenders = rest.map((text) => text.split(":")).map(([label, port, pid]) => ({ label, port, pid }));
  for (const row of questions[question]()) await compare(row, contenders);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (failure) => {
    console.error(failure.message);
    process.exit(1);
  });
