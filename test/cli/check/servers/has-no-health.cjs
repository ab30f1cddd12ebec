require('./serve.cjs').serve({ answerHealth: (_, response) => response.writeHead(404).end() });
