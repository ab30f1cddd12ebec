import { setTimeout } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

/** How long requests in flight may take to finish once the port is closed. */
const CLOSE_SECONDS = 5;

/**
 * The way out: look unwell at once, keep answering for a while, then close.
 *
 * A task is often told to stop before its load balancer knows, and a port that closes at once turns the requests which are
 * still sent to it into 502s.
 */
export class Draining {
  private begun = false;

  constructor(private readonly log: FastifyBaseLogger) {}

  /** Whether the service has been told to stop. */
  readonly hasBegun = (): boolean => this.begun;

  /** Answers for `seconds` more, then lets what is in flight finish and closes. */
  async run(app: FastifyInstance, seconds: number): Promise<void> {
    this.begun = true;
    this.log.info({ drainSeconds: seconds }, 'Draining');
    await setTimeout(seconds * 1000);
    this.log.info('Closing');
    await Promise.race([app.close(), setTimeout(CLOSE_SECONDS * 1000, undefined, { ref: false })]);
  }
}
