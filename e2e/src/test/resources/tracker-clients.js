// Three clients of one torrent, played by the tracker library that many programs in Node use: they
// come, complete, meet and leave, at each of the addresses that are given. Prints what they are told.
"use strict";
const Client = require("bittorrent-tracker");
const { once } = require("events");

const addresses = process.argv.slice(2);
const ids = ["01234567890123456789", "12345678901234567890", "23456789012345678901"];

function client(address, torrent, number, announceOptions) {
  const made = new Client({
    infoHash: torrent,
    peerId: Buffer.from(ids[number - 1]),
    announce: [address],
    port: 6880 + number,
    getAnnounceOpts: () => announceOptions,
  });
  for (const event of ["error", "warning"]) {
    made.on(event, (problem) => {
      console.log(`${address} client${number} ${event}: ${problem.message}`);
      process.exit(1);
    });
  }
  return made;
}

async function told(made, action) {
  const peers = [];
  const met = (peer) => peers.push(peer.split(":").pop());
  made.on("peer", met);
  const update = once(made, "update");
  action();
  const [data] = await update;
  // peers are told after the counts, in the same turn
  await new Promise(setImmediate);
  made.off("peer", met);
  return `${data.complete}/${data.incomplete} [${peers.sort().join(" ")}]`;
}

async function scraped(made) {
  const scrape = once(made, "scrape");
  made.scrape();
  const [data] = await scrape;
  return `${data.complete}/${data.incomplete}, ${data.downloaded} downloads`;
}

async function play(address, torrent) {
  const say = (what, answer) => console.log(`${address} ${what}: ${answer}`);
  const few = { numwant: 1, left: 16384 };
  const [first, second, third] = [1, 2, 3].map((number) =>
    client(address, torrent, number, number === 3 ? few : { left: 16384 }));
  say("client1 start", await told(first, () => first.start()));
  say("client1 complete", await told(first, () => first.complete({ left: 0 })));
  say("scrape", await scraped(first));
  say("client2 start", await told(second, () => second.start()));
  say("client3 start", (await told(third, () => third.start())).replace(/688[12]/, "one"));
  say("client2 stop", await told(second, () => second.stop()));
  say("client3 stop", await told(third, () => third.stop()));
  [first, second, third].forEach((each) => each.destroy());
}

async function main() {
  for (const [place, address] of addresses.entries()) {
    await play(address, "4cb67059ed6bd08362da625b3ae77f6f4a0757" + (16 + place).toString(16));
  }
  process.exit(0);
}

main();
