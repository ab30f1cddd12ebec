// slow enough that requests are open at any time.
require('./serve.cjs').serve({ answer: (_, response) => setTimeout(() => response.end('ok'), 100), onStop: () => process.exit(0) });
