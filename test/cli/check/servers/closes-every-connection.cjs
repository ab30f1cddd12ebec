require('./serve.cjs').serve({ answerHealth: (_, response) => response.writeHead(200, { connection: 'close' }).end() });
