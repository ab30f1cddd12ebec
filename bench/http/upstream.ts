// A server that answers every request with 1 KB.
import { createServer } from 'node:http';
import { listen } from '../../rehearsal/load-balancer/http-listener';

const BODY = Buffer.alloc(1024, 'x');
const KEPT_MILLIS = 300_000;

const server = createServer({ keepAliveTimeout: KEPT_MILLIS }, (_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': BODY.length });
  response.end(BODY);
});
void listen(server, Number(process.env['PORT']));
