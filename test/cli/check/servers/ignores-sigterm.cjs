require('./serve.cjs').serve({ onStop: () => {} });
