import { setTimeout as delay } from 'node:timers/promises';
import { TaskConnection } from './task-connection';

/** Enough clients to keep a small task busy, each with one request in flight at any time over a persistent connection. */
const CLIENT_COUNT = 16;

/** One more client opens a new connection for each request, as a load balancer does when its connections are in use. It pauses between requests, because connections cost the task CPU. */
const NEW_CONNECTION_EVERY_MILLIS = 20;

const REQUEST_TIMEOUT_SECONDS = 10;

/** The pause of a client after a failed request. */
const RETRY_DELAY_MILLIS = 50;

/** One request that got no response, or a 5xx response. */
export interface FailedRequest {
  readonly failure: string;
  /** The status of the response, if there was one. */
  readonly statusCode?: number;
  /** How many responses its connection had had, if the task closed it instead of responding. */
  readonly closedAfterResponses?: number;
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
  private readonly clients = Array.from({ length: CLIENT_COUNT + 1 }, (): ClientState => ({ servedCount: 0, longestWaitMillis: 0 }));
  private readonly allRequestsEnded: Promise<unknown>;
  private isClosing = false;

  public constructor(
    private readonly port: number,
    private readonly paths: readonly string[],
  ) {
    this.allRequestsEnded = Promise.all(this.clients.map((client, index) => this.sendRequests(client, index)));
  }

  /** What each client got so far that keeps its connection. */
  public get connections(): ConnectionLoad[] {
    const nowMillis = performance.now();
    return this.clients.slice(0, CLIENT_COUNT).map(({ servedCount, longestWaitMillis, waitsSinceMillis = nowMillis }) => ({
      servedCount,
      longestWaitSeconds: Math.max(longestWaitMillis, nowMillis - waitsSinceMillis) / 1000,
    }));
  }

  /** Sends no more requests; settles when every request in flight has a response or has failed. */
  public async close(): Promise<void> {
    this.isClosing = true;
    await this.allRequestsEnded;
    for (const { connection } of this.clients) connection?.close();
  }

  private async sendRequests(client: ClientState, clientIndex: number): Promise<void> {
    const opensNewConnections = clientIndex === CLIENT_COUNT;
    for (let pathIndex = clientIndex; !this.isClosing; pathIndex++) {
      client.waitsSinceMillis = performance.now();
      const failure = await this.sendRequest(client, this.paths[pathIndex % this.paths.length]!);
      client.longestWaitMillis = Math.max(client.longestWaitMillis, performance.now() - client.waitsSinceMillis);
      if (failure !== undefined) this.failures.push(failure);
      else {
        client.servedCount += 1;
        this.servedCount += 1;
      }
      if (opensNewConnections) client.connection?.close();
      if (failure !== undefined || opensNewConnections)
        await delay(failure === undefined ? NEW_CONNECTION_EVERY_MILLIS : RETRY_DELAY_MILLIS);
    }
  }

  private async sendRequest(client: ClientState, path: string): Promise<FailedRequest | undefined> {
    if (client.connection?.isUsable !== true) {
      client.connection?.close();
      client.connection = new TaskConnection(this.port);
    }
    const { connection } = client;
    const { response, failure, isOnUsedConnection } = await connection.request(path, REQUEST_TIMEOUT_SECONDS);
    if (response === undefined)
      return {
        failure: failure!,
        closedAfterResponses: isOnUsedConnection && connection.isClosedByTask ? connection.responseCount : undefined,
      };
    const { statusCode } = response;
    return statusCode < 500 ? undefined : { failure: `GET ${path} responded ${statusCode}`, statusCode };
  }
}

interface ClientState {
  servedCount: number;
  longestWaitMillis: number;
  waitsSinceMillis?: number;
  connection?: TaskConnection;
}
