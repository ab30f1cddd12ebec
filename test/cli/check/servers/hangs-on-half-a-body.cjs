// a client that sends half a body blocks all other requests.
require('./serve.cjs').serve({
  answer: (request, response) => {
    request.on('aborted', () => {
      for (;;);
    });
    request.on('end', () => response.end('ok')).resume();
  },
});
