const { Server } = require('node:net');

// takes no new connection, and keeps those that are open: Node would close idle ones, which may cross a request.
require('./serve.cjs').serve({
  answer: (_, response) => setTimeout(() => response.end('ok'), 200),
  onStop: (server) => Server.prototype.close.call(server, () => process.exit(0)),
});
