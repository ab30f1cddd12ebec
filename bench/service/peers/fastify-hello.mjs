// What Fastify can do when there is nothing to do, out of the box.
import { fastify } from './fastify.mjs';

const app = fastify();
app.get('/*', async () => ({ hello: 'world' }));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
