let openRequests = 0;
require('./serve.cjs').serve({
  answer: (_, response) => {
    openRequests += 1;
    setTimeout(() => {
      openRequests -= 1;
      response.end('ok');
    }, 20);
  },
  answerHealth: (_, response) => response.writeHead(openRequests > 4 ? 503 : 200).end(),
});
