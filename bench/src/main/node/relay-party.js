// Binaries in a process of their own and phones in this one, who meet at a relay and part again.
"use strict";
const { fork } = require("child_process");
const { connect, connectAll, TIMEOUT } = require("./relay-connect");

let parties = 0;

class Party {
  answers = 0;
  phones = [];
  #failure;

  constructor(port, ids) {
    this.port = port;
    this.prefix = `bench-${process.pid}-${parties++}-`;
    this.failed = new Promise((_, failed) => (this.#failure = failed));
    // whoever waits for something waits for this too; at other times nobody does
    this.failed.catch(() => {});
    this.binaries = fork(require.resolve("./relay-binaries"), [port, this.prefix, ids]);
    this.binaries.once("exit", () => this.fail("the binaries are gone"));
  }

  static async meet(port, ids, phonesOfEach) {
    const party = new Party(port, ids);
    try {
      await party.within(new Promise((done) => party.binaries.once("message", done)));
      const all = connectAll(ids * phonesOfEach, (i) => connect(port, "/v1/client", party.prefix + (i % ids)));
      party.phones = await party.within(all);
      for (const phone of party.phones) phone.on("close", (code) => party.fail(`a phone was closed with ${code}`));
      return party;
    } catch (failure) {
      await party.part();
      throw failure;
    }
  }

  fail(why) {
    this.#failure(new Error(why));
  }

  within(promise) {
    return Promise.race([promise, this.failed]);
  }

  // Hands each phone's answers to a function, once it is clear that they are what was sent; from now on
  // they must not cease until rest().
  onAnswer(message, answered) {
    const first = this.phones.length;
    for (const phone of this.phones) {
      phone.on("message", (data) => {
        if (data.length !== message.length || (this.answers < first && !data.equals(message)))
          return this.fail(`an answer of ${data.length} bytes is not the message of ${message.length}`);
        this.answers++;
        answered(phone);
      });
    }
    let before = 0;
    this.watch = setInterval(() => {
      if (this.answers === before) this.fail(`no answer for ${TIMEOUT / 1000} s, ${before} came before`);
      before = this.answers;
    }, TIMEOUT);
  }

  rest() {
    clearInterval(this.watch);
  }

  last(millis) {
    return this.within(new Promise((done) => setTimeout(done, millis)));
  }

  async until(answers) {
    while (this.answers < answers) await this.last(10);
  }

  async part() {
    this.rest();
    for (const phone of this.phones) phone.removeAllListeners("close").terminate();
    this.binaries.removeAllListeners("exit");
    if (this.binaries.exitCode !== null) return;
    const gone = new Promise((done) => this.binaries.once("exit", done));
    this.binaries.kill();
    await gone;
  }
}

module.exports = { Party };
