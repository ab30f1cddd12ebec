// as Node does unless told otherwise.
require('./serve.cjs').serve({ keepAliveTimeout: 5000 });
