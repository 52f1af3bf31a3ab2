// A backend of many wishes: node http-backend.js CERTIFICATE KEY FOLDER PROTOCOL:PORT...
// The protocols are h1, h2c, h1s and h2, the last two within TLS.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const http2 = require('node:http2');
const https = require('node:https');
const path = require('node:path');

const [certificate, key, folder, ...wanted] = process.argv.slice(2);
const tls = { cert: fs.readFileSync(certificate), key: fs.readFileSync(key) };
const counts = {};

// takes the body in and tells its digest, and the trailer that came behind it
function digest(request, response) {
  const hash = createHash('sha256');
  request.on('data', (chunk) => hash.update(chunk));
  request.on('end', () => {
    response.setHeader('x-trailer-seen', String(request.trailers['x-sum'] ?? ''));
    response.end(hash.digest('hex'));
  });
}

// gives out a file, whose length it tells only if it is asked to
function file(request, response, name, query) {
  const wholeName = path.join(folder, path.basename(name));
  if (query.has('length')) {
    response.setHeader('content-length', fs.statSync(wholeName).size);
  }
  fs.createReadStream(wholeName).pipe(response);
}

function trailers(request, response) {
  if (request.httpVersion === '1.1') {
    response.setHeader('trailer', 'x-sum');
  }
  response.write('body');
  response.addTrailers({ 'x-sum': '42' });
  response.end();
}

function hints(request, response) {
  response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
  response.end('hinted');
}

// stops in the middle of its body, without an end and perhaps without a length that would tell
function half(request, response, query) {
  if (query.has('length')) {
    response.setHeader('content-length', 1000000);
  }
  response.write('x'.repeat(1000), () => setTimeout(() => breakOff(request, response), 50));
}

function breakOff(request, response) {
  if (response.stream) {
    response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  } else if (request.socket.encrypted) {
    request.socket.destroy();
  } else {
    request.socket.resetAndDestroy();
  }
}

function told(request, response) {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ version: request.httpVersion, headers: request.headers }));
}

// a page that counts what it has loaded: a hundred images, scripts and sheets
function page(request, response) {
  const numbers = (count) => [...Array(count).keys()];
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html><head><title>page</title>
    <script>let loaded = 0; function one() { loaded += 1; }
    onload = () => document.body.append('loaded ' + loaded);</script>
    ${numbers(30).map((n) => `<link rel="stylesheet" href="/css/${n}" onload="one()">`).join('\n')}
    ${numbers(30).map((n) => `<script src="/js/${n}" defer></script>`).join('\n')}
    </head><body>
    ${numbers(40).map((n) => `<img src="/img/${n}" onload="one()">`).join('\n')}
    </body></html>`);
}

function resource(response, type, text) {
  response.setHeader('content-type', type);
  response.setHeader('cache-control', 'no-store');
  response.end(text);
}

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>';

function serve(request, response) {
  response.setHeader('x-port', request.socket.localPort);
  const url = new URL(request.url, 'http://backend');
  const [, first, rest] = url.pathname.split('/');
  counts[url.pathname] = (counts[url.pathname] ?? 0) + 1;
  switch (first) {
    case 'digest': return digest(request, response);
    case 'file': return file(request, response, rest, url.searchParams);
    case 'trailers': return trailers(request, response);
    case 'hints': return hints(request, response);
    case 'half': return half(request, response, url.searchParams);
    case 'stall': return undefined;
    case 'page': return page(request, response);
    case 'css': return resource(response, 'text/css', `.c${rest} { color: red }`);
    case 'js': return resource(response, 'text/javascript', 'one();');
    case 'img': return resource(response, 'image/svg+xml', SVG);
    case 'favicon.ico': return resource(response, 'image/svg+xml', SVG);
    case 'told': return told(request, response);
    case 'counts': return response.end(JSON.stringify(counts));
    default: return response.end(`by HTTP/${request.httpVersion}\n`);
  }
}

const servers = {
  h1: () => http.createServer(serve),
  h1s: () => https.createServer(tls, serve),
  h2c: () => http2.createServer(serve),
  h2: () => http2.createSecureServer(tls, serve),
};

let missing = wanted.length;
for (const each of wanted) {
  const [protocol, port] = each.split(':');
  servers[protocol]().listen(Number(port), '127.0.0.1', () => {
    missing -= 1;
    if (missing === 0) {
      console.log('listening');
    }
  });
}
