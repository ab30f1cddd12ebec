import type { FastifyBaseLogger, FastifyRequest, FastifyServerOptions } from 'fastify';
import { traceContext } from './trace-context.js';

/** Gives each request such a logger before its first hook, for the lines that Fastify itself writes. */
export function requestLogger(log: FastifyBaseLogger): NonNullable<FastifyServerOptions['childLoggerFactory']> {
  return (_logger, { reqId }, _options, { headers }) => new RequestLog(log, { id: String(reqId), headers });
}

/** What identifies the log lines of a request. */
type Identity = Pick<FastifyRequest, 'id' | 'headers'>;

/**
 * A logger whose lines hold the ids of the request and of its trace.
 *
 * It becomes a real one when a line is written, and not before: most requests write none.
 */
export class RequestLog implements FastifyBaseLogger {
  private created?: FastifyBaseLogger;

  constructor(
    private readonly log: FastifyBaseLogger,
    private readonly request: Identity,
  ) {}

  private get real(): FastifyBaseLogger {
    this.created ??= this.log.child({ reqId: this.request.id, traceId: traceContext(this.request.headers)?.traceId });
    return this.created;
  }

  get level(): string {
    return this.log.level;
  }

  silent(): void {}

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
