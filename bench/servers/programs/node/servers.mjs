// Starts one of the servers of Node.js: node servers.mjs NAME [advised].

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';

const [, , name, mode] = process.argv;
const isAdvised = mode === 'advised';
const port = Number(process.env.PORT);
const require = createRequire(`${process.cwd()}/`);
const load = (library) => require(library);

/** What the table of known servers says to type. */
function advise(server, close = () => server.close(() => process.exit(0))) {
  if (!isAdvised) return;
  server.keepAliveTimeout = 65_000;
  process.on('SIGTERM', close);
}

const servers = {
  http: () => {
    const server = createServer(async (request, response) => {
      if (request.url === '/slow') await delay(2000);
      response.end('ok');
    });
    advise(server.listen(port));
  },
  express: () => {
    const app = load('express')();
    app.get('/slow', async (_, response) => response.send(await delay(2000, 'ok')));
    app.get(['/', '/health'], (_, response) => response.send('ok'));
    advise(app.listen(port));
  },
  koa: () => {
    const app = new (load('koa'))();
    app.use(async (context) => {
      if (context.path === '/slow') await delay(2000);
      context.body = 'ok';
    });
    advise(app.listen(port));
  },
  hapi: async () => {
    const server = load('@hapi/hapi').server({ port, host: '0.0.0.0' });
    server.route({ method: 'GET', path: '/slow', handler: () => delay(2000, 'ok') });
    server.route({ method: 'GET', path: '/{path*}', handler: () => 'ok' });
    advise(server.listener, () => server.stop({ timeout: 30_000 }).then(() => process.exit(0)));
    await server.start();
  },
  fastify: async () => {
    const app = load('fastify')();
    app.get('/slow', () => delay(2000, 'ok'));
    app.get('/', async () => 'ok');
    app.get('/health', async () => 'ok');
    if (isAdvised) process.on('SIGTERM', () => app.close());
    await app.listen({ port, host: '0.0.0.0' });
  },
  hono: () => {
    const app = new (load('hono').Hono)();
    app.get('/slow', async (context) => context.text(await delay(2000, 'ok')));
    app.get('/*', (context) => context.text('ok'));
    advise(load('@hono/node-server').serve({ fetch: app.fetch, port }));
  },
  polka: () => {
    const app = load('polka')();
    app.get('/slow', async (_, response) => response.end(await delay(2000, 'ok')));
    app.get('/*', (_, response) => response.end('ok'));
    app.get('/', (_, response) => response.end('ok'));
    app.listen(port);
    advise(app.server);
  },
  restana: async () => {
    const app = load('restana')();
    app.get('/slow', async (_, response) => response.send(await delay(2000, 'ok')));
    app.get('/*', (_, response) => response.send('ok'));
    app.get('/', (_, response) => response.send('ok'));
    advise(await app.start(port, '0.0.0.0'));
  },
  tinyhttp: async () => {
    const { App } = await import(require.resolve('@tinyhttp/app'));
    const app = new App();
    app.get('/slow', async (_, response) => void response.send(await delay(2000, 'ok')));
    app.get('/*', (_, response) => void response.send('ok'));
    advise(app.listen(port));
  },
  micro: () => {
    const { serve } = load('micro');
    advise(createServer(serve(async (request) => (request.url === '/slow' ? delay(2000, 'ok') : 'ok'))).listen(port));
  },
  connect: () => {
    const app = load('connect')();
    app.use(async (request, response) => {
      if (request.url === '/slow') await delay(2000);
      response.end('ok');
    });
    advise(app.listen(port));
  },
};

await servers[name]();
