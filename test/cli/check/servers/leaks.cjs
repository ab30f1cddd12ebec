const kept = [];
require('./serve.cjs').serve({
  answer: (_, response) => {
    kept.push(Buffer.alloc(200_000, 1));
    // slow enough to be seen on its way.
    setTimeout(() => response.end('ok'), 40);
  },
});
