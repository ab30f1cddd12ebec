import type { FastifyBaseLogger, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { mistakeInUrl } from './malformed-url.js';
import { RequestLog } from './observability/request-log.js';
import { sendProblem } from './problem.js';
import { answerUnknown } from './routes/unknown.js';

/** What every request is looked at with. */
export interface AdmissionParts {
  readonly log: FastifyBaseLogger;
  readonly isDraining: () => boolean;
}

/**
 * Looks at every request before anything else does.
 *
 * One hook rather than one for each question: a hook costs a tenth of what a search from the cache does. For the same reason the
 * request gets its logger here, since Fastify would examine one from a factory every time.
 */
export function admit({ log, isDraining }: AdmissionParts) {
  return (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    request.log = reply.log = new RequestLog(log, request);
    // sends clients elsewhere: after this answer they have to connect anew, to a task that stays.
    if (isDraining()) reply.header('connection', 'close');
    if (request.method !== 'GET' && request.method !== 'HEAD') answerUnknown(request, reply);
    else if (hasNoHost(request)) sendProblem(reply.header('connection', 'close'), 400, 'the request must have a Host header');
    else done(mistakeInUrl(request.url));
  };
}

/** Node would refuse these itself, without a word. */
function hasNoHost({ raw: { headers, httpVersion } }: FastifyRequest): boolean {
  return headers.host === undefined && httpVersion === '1.1';
}
