// SIGTERM before it listens is lost.
process.on('SIGTERM', () => {});
setTimeout(() => require('./serve.cjs').serve({ onStop: () => process.exit(0) }), 1000);
