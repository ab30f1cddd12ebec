require('./serve.cjs').serve({ answerHealth: (_, response) => response.writeHead(401).end() });
