const { createHash } = require('node:crypto');
const { createServer } = require('node:http');

const PORT = Number(process.env.PORT ?? 8080);
/** The load balancer closes an idle connection after 60 s. The server must not close it first, or a request gets a 502. */
const KEEP_ALIVE_MILLIS = 65_000;
/** After SIGTERM the load balancer still sends requests for some seconds. */
const DRAIN_MILLIS = 5_000;
/** Rounds of SHA-256 for one greeting: the work that a request of yours does. */
const ROUNDS = 400;

const routes = {
  '/': (url) => ({ greeting: `Hello, ${url.searchParams.get('name') ?? 'world'}!`, seal: seal(url.search) }),
  '/health': () => ({ status: 'healthy' }),
};

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLIS, headersTimeout: KEEP_ALIVE_MILLIS + 1_000 }, handle);
server.listen(PORT, () => console.log(`listening on port ${PORT}`));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function handle(request, response) {
  if (request.method !== 'GET') return send(response, 405, { error: 'the method must be GET' });
  const url = URL.canParse(request.url, 'http://localhost') ? new URL(request.url, 'http://localhost') : undefined;
  if (url === undefined) return send(response, 400, { error: 'the target must be a path' });
  const route = Object.hasOwn(routes, url.pathname) ? routes[url.pathname] : undefined;
  return route ? send(response, 200, route(url)) : send(response, 404, { error: `there is no ${url.pathname}` });
}

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

/** The hash of a hash of a hash: it costs CPU, and always the same. */
function seal(text) {
  let value = text;
  for (let round = 0; round < ROUNDS; round++) value = createHash('sha256').update(value).digest('hex');
  return value;
}

/** Serves for some more seconds, then closes the port and ends when the last request has its response. */
function stop() {
  setTimeout(() => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  }, DRAIN_MILLIS);
}
