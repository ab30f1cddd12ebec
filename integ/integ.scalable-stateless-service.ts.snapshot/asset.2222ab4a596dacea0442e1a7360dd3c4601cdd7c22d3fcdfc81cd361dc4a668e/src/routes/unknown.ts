import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../problem.js';
import { PATHS } from './paths.js';

/** Answers every request that no route takes: 405 where another method would do, else 404. */
export function answerUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path] = request.url.split('?');
  if (!PATHS.has(path)) return sendProblem(reply, 404, `no such path: ${path}`);
  return sendProblem(reply.header('allow', 'GET, HEAD'), 405, `${path} takes GET and HEAD only`);
}
