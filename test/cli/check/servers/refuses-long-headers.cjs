require('./serve.cjs').serve({ maxHeaderSize: 8192 });
