import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify';
import { traceContext } from './trace-context.js';

type ChildLoggerFactory = NonNullable<FastifyServerOptions['childLoggerFactory']>;

/** Makes loggers whose lines hold the ids of the request and of its trace, once a line is written and not before: most requests log nothing. */
export const requestLogger: ChildLoggerFactory = (logger, bindings, options, request) => {
  const child = () => logger.child({ ...bindings, traceId: traceContext(request.headers)?.traceId }, options);
  return ['debug', 'trace'].includes(logger.level) ? child() : lazily(logger, child);
};

/** The levels at which a request may have something to say. */
const LEVELS = ['fatal', 'error', 'warn', 'info'] as const;

function lazily(logger: FastifyBaseLogger, child: () => FastifyBaseLogger): FastifyBaseLogger {
  const lazy: FastifyBaseLogger = Object.create(logger);
  for (const level of LEVELS) lazy[level] = (...details: Parameters<typeof logger.info>) => child()[level](...details);
  return lazy;
}
