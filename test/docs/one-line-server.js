const http = require('node:http');
http.createServer((_, response) => response.end('ok')).listen(process.env.PORT);
