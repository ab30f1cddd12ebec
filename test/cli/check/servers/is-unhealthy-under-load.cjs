let underWay = 0;
require('./serve.cjs').serve({
  answer: (_, response) => {
    underWay += 1;
    setTimeout(() => {
      underWay -= 1;
      response.end('ok');
    }, 20);
  },
  answerHealth: (_, response) => response.writeHead(underWay > 4 ? 503 : 200).end(),
});
