// slow enough that requests are under way at every moment.
require('./serve.cjs').serve({ answer: (_, response) => setTimeout(() => response.end('ok'), 100), onStop: () => process.exit(0) });
