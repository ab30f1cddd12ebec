import { setTimeout as pass } from 'node:timers/promises';
import { Client } from 'undici';
import { failureInWords } from '../rehearsal/failure-in-words';

/** As many as keep a small task busy, each with a request under way at every moment, over a connection that is kept. */
const COUNT = 16;

/** One more user opens a connection for each request, as a load balancer does where those that it has are in use. So often that it is noticed, not so often that it costs. */
const NEW_CONNECTION_EVERY_MILLIS = 20;

const TIMEOUT_SECONDS = 10;

/** A user who got no answer asks again, but not at once. */
const PAUSE_MILLIS = 50;

/** One request that got no answer, or that of a failure. */
export interface LostRequest {
  readonly atMillis: number;
  readonly failure: string;
  /** Whether it never reached the task: nobody listened. */
  readonly isRefused: boolean;
  /** That of the answer, where there was one. */
  readonly statusCode?: number;
}

/** Users that ask one request after the other, without a pause, and remember what became of each. */
export class Users {
  public answered = 0;
  public readonly lost: LostRequest[] = [];
  private readonly clients: Client[];
  private readonly done: Promise<unknown>;
  private isLeaving = false;

  public constructor(
    port: number,
    private readonly paths: readonly string[],
  ) {
    const timeouts = { headersTimeout: TIMEOUT_SECONDS * 1000, bodyTimeout: TIMEOUT_SECONDS * 1000 };
    this.clients = Array.from({ length: COUNT + 1 }, () => new Client(`http://127.0.0.1:${port}`, timeouts));
    this.done = Promise.all(this.clients.map((client, index) => this.ask(client, index)));
  }

  /** Nobody asks any more; settles when everybody has an answer, or will never have one. */
  public async leave(): Promise<void> {
    this.isLeaving = true;
    await this.done;
    await Promise.all(this.clients.map((client) => client.destroy()));
  }

  private async ask(client: Client, first: number): Promise<void> {
    const opensNew = first === COUNT;
    for (let turn = first; !this.isLeaving; turn++) {
      const lost = await this.lostAt(client, this.paths[turn % this.paths.length]!, opensNew);
      if (lost === undefined) this.answered += 1;
      else this.lost.push(lost);
      if (lost !== undefined || opensNew) await pass(lost === undefined ? NEW_CONNECTION_EVERY_MILLIS : PAUSE_MILLIS);
    }
  }

  private async lostAt(client: Client, path: string, opensNew: boolean): Promise<LostRequest | undefined> {
    try {
      const { statusCode, body } = await client.request({ method: 'GET', path, reset: opensNew });
      await body.dump();
      return statusCode < 500 ? undefined : lostNow(`GET ${path} answered ${statusCode}`, { statusCode });
    } catch (error) {
      return lostNow(failureInWords(error as Error, TIMEOUT_SECONDS), { isRefused: (error as { code?: unknown }).code === 'ECONNREFUSED' });
    }
  }
}

function lostNow(failure: string, how: Partial<Pick<LostRequest, 'isRefused' | 'statusCode'>>): LostRequest {
  return { atMillis: performance.now(), failure, isRefused: false, ...how };
}
