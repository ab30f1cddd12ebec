// without a Keep-Alive header that announces it.
require('./serve.cjs').serve({
  answerHealth: (request, response) => {
    response.setHeader('Connection', 'keep-alive');
    response.setHeader('Content-Length', 2);
    response.end('ok');
    setTimeout(() => request.socket.destroy(), 1000);
  },
});
