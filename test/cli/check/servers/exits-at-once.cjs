require('./serve.cjs').serve({ onStop: () => process.exit(0) });
