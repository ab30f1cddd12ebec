import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'undici';
import { formatFailure } from '../../rehearsal/http/connection-error';

/** Enough clients to keep a small task busy, each with one request in flight at any time over a persistent connection. */
const CLIENT_COUNT = 16;

/** One more client opens a new connection for each request, as a load balancer does when its connections are in use. It pauses between requests, because connections cost the task CPU. */
const NEW_CONNECTION_EVERY_MILLIS = 20;

const REQUEST_TIMEOUT_SECONDS = 10;

/** The pause of a client after a failed request. */
const RETRY_DELAY_MILLIS = 50;

/** One request that got no response, or a 5xx response. */
export interface FailedRequest {
  readonly atMillis: number;
  readonly failure: string;
  /** Whether no connection could be opened, because nothing listened on the port. */
  readonly isConnectionRefused: boolean;
  /** The status of the response, if there was one. */
  readonly statusCode?: number;
}

/** What one connection got that was used all the time. */
export interface ConnectionLoad {
  readonly servedCount: number;
  /** The longest time from a request to its response, or to the end of the load without one. */
  readonly longestWaitSeconds: number;
}

/** HTTP clients that each send one request after the other without a pause, and count the results. */
export class LoadClients {
  /** Requests with a response below 500. */
  public servedCount = 0;
  public readonly failures: FailedRequest[] = [];
  private readonly clients: Client[];
  private readonly perClient: { servedCount: number; longestWaitMillis: number; waitsSinceMillis?: number }[];
  private readonly allRequestsEnded: Promise<unknown>;
  private isClosing = false;

  public constructor(
    port: number,
    private readonly paths: readonly string[],
  ) {
    const timeouts = { headersTimeout: REQUEST_TIMEOUT_SECONDS * 1000, bodyTimeout: REQUEST_TIMEOUT_SECONDS * 1000 };
    this.clients = Array.from({ length: CLIENT_COUNT + 1 }, () => new Client(`http://127.0.0.1:${port}`, timeouts));
    this.perClient = this.clients.map(() => ({ servedCount: 0, longestWaitMillis: 0 }));
    this.allRequestsEnded = Promise.all(this.clients.map((client, index) => this.sendRequests(client, index)));
  }

  /** What each client got so far that keeps its connection. */
  public get connections(): ConnectionLoad[] {
    const nowMillis = performance.now();
    return this.perClient.slice(0, CLIENT_COUNT).map(({ servedCount, longestWaitMillis, waitsSinceMillis = nowMillis }) => ({
      servedCount,
      longestWaitSeconds: Math.max(longestWaitMillis, nowMillis - waitsSinceMillis) / 1000,
    }));
  }

  /** Sends no more requests; settles when every request in flight has a response or has failed. */
  public async close(): Promise<void> {
    this.isClosing = true;
    await this.allRequestsEnded;
    await Promise.all(this.clients.map((client) => client.destroy()));
  }

  private async sendRequests(client: Client, clientIndex: number): Promise<void> {
    const opensNewConnections = clientIndex === CLIENT_COUNT;
    const own = this.perClient[clientIndex]!;
    for (let pathIndex = clientIndex; !this.isClosing; pathIndex++) {
      const sentAtMillis = performance.now();
      own.waitsSinceMillis = sentAtMillis;
      const failure = await this.sendRequest(client, this.paths[pathIndex % this.paths.length]!, opensNewConnections);
      own.longestWaitMillis = Math.max(own.longestWaitMillis, performance.now() - sentAtMillis);
      if (failure === undefined) {
        own.servedCount += 1;
        this.servedCount += 1;
      }
      if (failure !== undefined) this.failures.push(failure);
      if (failure !== undefined || opensNewConnections)
        await delay(failure === undefined ? NEW_CONNECTION_EVERY_MILLIS : RETRY_DELAY_MILLIS);
    }
  }

  private async sendRequest(client: Client, path: string, opensNewConnection: boolean): Promise<FailedRequest | undefined> {
    try {
      const { statusCode, body } = await client.request({ method: 'GET', path, reset: opensNewConnection });
      await body.dump();
      return statusCode < 500 ? undefined : failedRequest(`GET ${path} responded ${statusCode}`, { statusCode });
    } catch (error) {
      const isConnectionRefused = (error as { code?: unknown }).code === 'ECONNREFUSED';
      return failedRequest(formatFailure(error as Error, REQUEST_TIMEOUT_SECONDS), { isConnectionRefused });
    }
  }
}

function failedRequest(failure: string, details: Partial<Pick<FailedRequest, 'isConnectionRefused' | 'statusCode'>>): FailedRequest {
  return { atMillis: performance.now(), failure, isConnectionRefused: false, ...details };
}
