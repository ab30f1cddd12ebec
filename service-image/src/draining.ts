import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

/** How long requests in flight may take to finish once the port is closed. */
const CLOSE_SECONDS = 5;

/**
 * Draining on SIGTERM: fail the health check at once, keep serving for a while, then close.
 *
 * A task often gets SIGTERM before its load balancer stops sending, and a port that closes at once turns those requests into
 * 502s.
 */
export class Draining {
  private begun = false;

  constructor(private readonly log: FastifyBaseLogger) {}

  /** Whether the service has received SIGTERM or SIGINT. */
  readonly hasBegun = (): boolean => this.begun;

  /** Serves for `seconds` more, then finishes the requests in flight and closes. */
  async run(app: FastifyInstance, seconds: number): Promise<void> {
    this.begun = true;
    this.log.info({ drainSeconds: seconds }, 'Draining');
    await setTimeout(seconds * 1000);
    this.log.info('Closing');
    await Promise.race([app.close(), setTimeout(CLOSE_SECONDS * 1000, undefined, { ref: false })]);
  }
}
