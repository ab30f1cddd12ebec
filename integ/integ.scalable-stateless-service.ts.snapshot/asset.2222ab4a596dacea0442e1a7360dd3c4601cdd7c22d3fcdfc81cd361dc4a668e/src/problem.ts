import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** The media type of every answer that is not a success. */
export const PROBLEM_TYPE = 'application/problem+json';

/** Why a request was refused, in the shape of RFC 9457. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

export function problem(status: number, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
}

export function sendProblem(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).type(PROBLEM_TYPE).send(problem(status, detail));
}

/** Answers whatever a hook, a schema or a handler has thrown. What the caller did not cause is told to the log only. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status < 500) return sendProblem(reply, status, error.message);
  request.log.error(error);
  return sendProblem(reply, status, 'the service failed to answer this request');
}
