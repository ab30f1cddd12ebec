const retained = [];
require('./serve.cjs').serve({
  answer: (_, response) => {
    retained.push(Buffer.alloc(30_000_000, 1));
    response.end('ok');
  },
});
