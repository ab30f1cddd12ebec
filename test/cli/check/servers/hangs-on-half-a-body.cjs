// whoever sends half a body keeps everybody else waiting.
require('./serve.cjs').serve({
  answer: (request, response) => {
    request.on('aborted', () => {
      for (;;);
    });
    request.on('end', () => response.end('ok')).resume();
  },
});
