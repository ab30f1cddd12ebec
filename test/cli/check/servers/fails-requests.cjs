require('./serve.cjs').serve({ answer: (_, response) => response.writeHead(500).end() });
