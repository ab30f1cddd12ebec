require('node:fs').writeFileSync('cache.json', '{}');
require('./serve.cjs').serve({});
