let count = 0;

require('./serve.cjs').serve({
  answer: (_, response) => {
    count += 1;
    // the first succeeds: 'responds to requests' sends only that one.
    if (count % 10 === 5) response.writeHead(500).end();
    else response.end('ok');
  },
});
