const kept = [];
require('./serve.cjs').serve({
  answer: (_, response) => {
    kept.push(Buffer.alloc(30_000_000, 1));
    response.end('ok');
  },
});
