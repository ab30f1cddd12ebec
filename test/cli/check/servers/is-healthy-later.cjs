const readyAtMillis = Date.now() + 6000;
require('./serve.cjs').serve({ answerHealth: (_, response) => response.writeHead(Date.now() < readyAtMillis ? 404 : 200).end() });
