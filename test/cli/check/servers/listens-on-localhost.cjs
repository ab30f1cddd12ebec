require('./serve.cjs').serve({ host: '127.0.0.1' });
