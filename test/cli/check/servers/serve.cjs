// A server that passes all checks. Each of the other servers has one error.
const { createServer } = require('node:http');

const DRAIN_MILLIS = 3500;
const SLOW_MILLIS = 1000;

exports.serve = ({
  answer = (_, response) => response.end('ok'),
  answerHealth = (_, response) => response.end('ok'),
  keepAliveTimeout = 65_000,
  host,
  maxHeaderSize = 65_536,
  onStop = (server) => setTimeout(() => server.close(() => process.exit(0)), DRAIN_MILLIS),
}) => {
  const server = createServer({ keepAliveTimeout, maxHeaderSize }, (request, response) => {
    if (request.url === '/health') answerHealth(request, response);
    else if (request.url === '/slow') setTimeout(() => response.end('ok'), SLOW_MILLIS);
    else answer(request, response);
  });
  server.listen(process.env.PORT, host);
  process.on('SIGTERM', () => onStop(server));
  return server;
};
