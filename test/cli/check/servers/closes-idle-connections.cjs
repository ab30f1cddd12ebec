// the default of Node.
require('./serve.cjs').serve({ keepAliveTimeout: 5000 });
