// Talks with a WebSocket server by extended CONNECT: node websocket-h2.js CERTIFICATE AUTHORITY PORT
// Says each word once, all on one connection and each on a stream of its own, and prints what it hears.
const fs = require('node:fs');
const http2 = require('node:http2');

const [certificate, authority, port] = process.argv.slice(2);
const WORDS = ['one', 'two', 'three'];

const session = http2.connect(`https://${authority}`, {
  host: '127.0.0.1',
  port: Number(port),
  ca: fs.readFileSync(certificate),
});

// one whole text of less than 126 bytes; the mask of zeros leaves it as it is (RFC 6455 section 5.3)
function frame(text) {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

function talk(word) {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':path': '/echo',
      'sec-websocket-version': '13',
    }, { endStream: false });
    let heard = Buffer.alloc(0);
    stream.on('error', reject);
    stream.on('response', (head) => {
      if (head[':status'] !== 200) {
        reject(new Error(`status ${head[':status']}`));
      }
      stream.write(frame(word));
    });
    stream.on('data', (bytes) => {
      heard = Buffer.concat([heard, bytes]);
      if (heard.length >= 2 && heard.length === 2 + heard[1]) {
        console.log(`heard ${heard.subarray(2)}`);
        stream.end();
        resolve();
      }
    });
  });
}

session.on('remoteSettings', async (settings) => {
  console.log(`extended connect ${settings.enableConnectProtocol}`);
  await Promise.all(WORDS.map(talk));
  session.close();
});
