// waits for what is under way, and for nothing else.
require('./serve.cjs').serve({
  answer: (_, response) => setTimeout(() => response.end('ok'), 200),
  onStop: (server) => server.close(() => process.exit(0)),
});
