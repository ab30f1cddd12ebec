const { Server } = require('node:net');

// takes no new connection, and goes on with those that it has: Node's own end of an idle one may cross a request.
require('./serve.cjs').serve({
  answer: (_, response) => setTimeout(() => response.end('ok'), 200),
  onStop: (server) => Server.prototype.close.call(server, () => process.exit(0)),
});
