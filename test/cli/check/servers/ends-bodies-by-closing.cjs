require('./serve.cjs').serve({
  answerHealth: (_, response) => {
    response.removeHeader('transfer-encoding');
    response.writeHead(200, { connection: 'keep-alive' });
    response.write('o');
    response.end('k');
  },
});
