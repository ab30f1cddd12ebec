// After SIGTERM it closes each connection on which another request comes, as a server does that closes at that moment.
let isStopping = false;
require('./serve.cjs').serve({
  answer: (request, response) => (isStopping ? request.socket.destroy() : response.end('ok')),
  onStop: (server) => {
    isStopping = true;
    setTimeout(() => server.close(() => process.exit(0)), 1500);
  },
});
