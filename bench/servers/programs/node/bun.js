// bun bun.js [advised]
const isAdvised = process.argv.includes('advised');
const server = Bun.serve({
  port: process.env.PORT,
  hostname: '0.0.0.0',
  ...(isAdvised && { idleTimeout: 65 }),
  fetch: async (request) => {
    if (new URL(request.url).pathname === '/slow') await Bun.sleep(2000);
    return new Response('ok');
  },
});
if (isAdvised) process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
