import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../problem.js';
import { PATHS } from './paths.js';

/** Responds to requests without a route: 405 where the path exists, else 404. */
export function sendUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path] = request.url.split('?');
  if (!PATHS.has(path)) return sendProblem(reply, 404, `no such path: ${path}`);
  return sendProblem(reply.header('allow', 'GET, HEAD'), 405, `${path} takes GET and HEAD only`);
}
