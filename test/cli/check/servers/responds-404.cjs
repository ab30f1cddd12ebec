require('./serve.cjs').serve({ answer: (_, response) => response.writeHead(404).end() });
