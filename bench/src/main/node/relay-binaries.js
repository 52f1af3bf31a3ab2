// Binaries that answer each message with itself, until whoever started them goes: PORT PREFIX COUNT.
"use strict";
const { connect, connectAll } = require("./relay-connect");

const [port, prefix, count] = process.argv.slice(2);

function answer(socket) {
  let held = false;
  socket.on("message", (data) => {
    if (!held) {
      held = true;
      // what comes in one read is answered in one write
      socket._socket.cork();
      process.nextTick(() => {
        held = false;
        socket._socket.uncork();
      });
    }
    // the envelope goes back as it came: it has the same form both ways
    socket.send(data, { binary: false });
  });
  socket.on("close", (code) => {
    console.error(`a binary was closed with ${code}`);
    process.exit(1);
  });
}

process.on("disconnect", () => process.exit());
connectAll(Number(count), (i) => connect(port, "/v1/server", prefix + i)).then((all) => {
  all.forEach(answer);
  process.send("ready");
});
