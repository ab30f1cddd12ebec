// What a proxy passes requests on to: PORT + 1 of the proxy.
import { createServer } from 'node:http';

createServer((request, response) => setTimeout(() => response.end('ok'), request.url === '/slow' ? 2000 : 0)).listen(
  Number(process.argv[2]),
  '127.0.0.1',
);
