// Starts one of the servers of Node.js: node servers.mjs NAME [advised].

import cluster from 'node:cluster';
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
  const stop = () => {
    close();
    // up to Node.js 18 a server that is closed keeps its idle connections.
    setInterval(() => server.closeIdleConnections(), 1000).unref();
  };
  process.on('SIGTERM', stop);
  // PM2 sends this one.
  process.on('SIGINT', stop);
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
  cluster: () => {
    if (!cluster.isPrimary) return servers.http();
    for (let index = 0; index < 2; index++) cluster.fork();
    if (!isAdvised) return;
    process.on('SIGTERM', () => {
      for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
    });
  },
  h3: async () => {
    const { H3, serve } = await import(require.resolve('h3'));
    const app = new H3();
    app.get('/slow', () => delay(2000, 'ok'));
    app.get('/**', () => 'ok');
    const server = serve(app, { port });
    await server.ready();
    if (isAdvised) server.node.server.keepAliveTimeout = 65_000;
  },
  restify: () => {
    const server = load('restify').createServer();
    server.get('/slow', async (_, response) => response.send(await delay(2000, 'ok')));
    server.get('/*', async (_, response) => response.send('ok'));
    server.listen(port);
    advise(server.server);
  },
  apollo: async () => {
    const { ApolloServer } = load('@apollo/server');
    const { startStandaloneServer } = load('@apollo/server/standalone');
    const server = new ApolloServer({ typeDefs: 'type Query { ok: String }', resolvers: { Query: { ok: () => 'ok' } } });
    await startStandaloneServer(server, { listen: { port } });
  },
  yoga: () => {
    const { createSchema, createYoga } = load('graphql-yoga');
    const schema = createSchema({ typeDefs: 'type Query { ok: String }', resolvers: { Query: { ok: () => 'ok' } } });
    advise(createServer(createYoga({ schema, healthCheckEndpoint: '/health', logging: false })).listen(port));
  },
  feathers: async () => {
    const app = load('@feathersjs/express').default(load('@feathersjs/feathers').feathers());
    app.get('/slow', async (_, response) => response.send(await delay(2000, 'ok')));
    app.get('/', (_, response) => response.send('ok'));
    app.get('/health', (_, response) => response.send('ok'));
    advise(await app.listen(port));
  },
};

await servers[name]();
