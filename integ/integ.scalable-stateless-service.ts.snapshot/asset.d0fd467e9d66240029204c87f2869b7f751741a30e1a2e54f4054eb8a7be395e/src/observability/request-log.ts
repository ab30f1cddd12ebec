import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify';
import { traceContext } from './trace-context.js';

type ChildLoggerFactory = NonNullable<FastifyServerOptions['childLoggerFactory']>;
type Factory = Parameters<ChildLoggerFactory>;

/** Gives each request a logger whose lines hold the ids of the request and of its trace. */
export function requestLogger(log: FastifyBaseLogger): ChildLoggerFactory {
  return (_logger, bindings, options, request) => new RequestLog(log, bindings, options, request) as unknown as FastifyBaseLogger;
}

/** Becomes a real logger when a line is written, and not before: most requests write none. */
class RequestLog {
  private made?: FastifyBaseLogger;

  constructor(
    private readonly log: FastifyBaseLogger,
    private readonly bindings: Factory[1],
    private readonly options: Factory[2],
    private readonly request: Factory[3],
  ) {}

  private get real(): FastifyBaseLogger {
    this.made ??= this.log.child({ ...this.bindings, traceId: traceContext(this.request.headers)?.traceId }, this.options);
    return this.made;
  }

  get level(): string {
    return this.log.level;
  }

  fatal(...line: Line): void {
    this.real.fatal(...line);
  }

  error(...line: Line): void {
    this.real.error(...line);
  }

  warn(...line: Line): void {
    this.real.warn(...line);
  }

  info(...line: Line): void {
    this.real.info(...line);
  }

  debug(...line: Line): void {
    this.real.debug(...line);
  }

  trace(...line: Line): void {
    this.real.trace(...line);
  }

  child(...details: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.real.child(...details);
  }
}

type Line = [details: object, message?: string];
