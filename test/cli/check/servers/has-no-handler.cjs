// SIGTERM itself ends it.
require('./serve.cjs').serve({});
process.removeAllListeners('SIGTERM');
