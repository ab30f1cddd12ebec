let requests = 0;
require('./serve.cjs').serve({
  answer: (_, response) => {
    requests += 1;
    if (requests > 200) throw new Error('too many open files');
    response.end('ok');
  },
});
