require('./serve.cjs').serve({});
