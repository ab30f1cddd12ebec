let count = 0;

require('./serve.cjs').serve({
  answer: (_, response) => {
    count += 1;
    // the first, on which it is judged alone, is fine.
    if (count % 10 === 5) response.writeHead(500).end();
    else response.end('ok');
  },
});
