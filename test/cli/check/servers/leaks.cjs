const retained = [];
require('./serve.cjs').serve({
  answer: (_, response) => {
    retained.push(Buffer.alloc(200_000, 1));
    // slow enough for several samples before the memory is full.
    setTimeout(() => response.end('ok'), 40);
  },
});
