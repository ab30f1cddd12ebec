const server = require('./serve.cjs').serve({});
const counts = new WeakMap();
server.on('request', ({ socket }, response) => {
  counts.set(socket, (counts.get(socket) ?? 0) + 1);
  if (counts.get(socket) === 20) response.once('finish', () => socket.end());
});
