require('./serve.cjs').serve({ answerHealth: (_, response) => response.writeHead(301, { location: 'https://shop.example/health' }).end() });
