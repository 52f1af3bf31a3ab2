// Says again what it hears: node websocket-echo.js PORT
// "close 4000" is answered by a close with that code; whoever asks for /refused is refused.
// Whoever does not ask for a WebSocket gets a page that says hello by one.
const http = require('node:http');
const { WebSocketServer } = require('ws');

const PAGE = `<!doctype html><html><head><link rel="icon" href="data:,"></head><body><img src="/gate"><script>
  const socket = new WebSocket('wss://' + location.host + '/echo');
  socket.onopen = () => socket.send('hello');
  socket.onmessage = (message) => {
    document.body.append('heard ' + message.data);
    fetch('/heard');
  };
</script></body></html>`;

// the page is not loaded before its image is, which waits until the page has heard something
const held = [];

const web = http.createServer((request, response) => {
  if (request.url === '/gate') {
    held.push(response);
    return;
  }
  if (request.url === '/heard') {
    held.splice(0).forEach((image) => image.end());
  }
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(PAGE);
});
const server = new WebSocketServer({
  server: web,
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
web.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
