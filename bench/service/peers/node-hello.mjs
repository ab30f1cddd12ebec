// The floor: what Node's own server can do when there is nothing to do.
import { createServer } from 'node:http';

createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end('{"status":"healthy"}');
}).listen(Number(process.env.PORT), '127.0.0.1');
