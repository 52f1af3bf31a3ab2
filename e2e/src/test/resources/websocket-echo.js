// Says again what it hears: node websocket-echo.js PORT
// "close 4000" is answered by a close with that code; whoever asks for /refused is refused.
const { WebSocketServer } = require('ws');

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  maxPayload: 64 << 20,
  verifyClient: (info, answer) =>
    info.req.url === '/refused' ? answer(false, 403, 'Forbidden') : answer(true),
});
server.on('connection', (socket) => {
  socket.on('message', (data, binary) => {
    const wish = binary ? null : /^close ([0-9]+)$/.exec(data.toString());
    if (wish) {
      socket.close(Number(wish[1]));
    } else {
      socket.send(data, { binary });
    }
  });
});
server.on('listening', () => console.log('listening'));
