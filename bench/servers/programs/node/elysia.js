// bun elysia.js [advised]
import { createRequire } from 'node:module';

const { Elysia } = createRequire(`${process.cwd()}/`)('elysia');
const isAdvised = process.argv.includes('advised');
const app = new Elysia({ serve: isAdvised ? { idleTimeout: 65 } : {} })
  .get('/slow', async () => {
    await Bun.sleep(2000);
    return 'ok';
  })
  .get('/health', () => 'ok')
  .get('/', () => 'ok')
  .listen({ port: process.env.PORT, hostname: '0.0.0.0' });
if (isAdvised) process.on('SIGTERM', () => app.server.stop().then(() => process.exit(0)));
