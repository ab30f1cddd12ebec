import type { Dispatcher } from 'undici';
import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import { type FailureKind, failureKindOf } from '../../src/run/failures';
import { type Connection, Connections, formatFailure } from '../http-connections';
import type { RequestLog } from '../request-log/request-log';

/** The maximum number of requests in flight; a request beyond it fails at once. */
const MAX_IN_FLIGHT_REQUESTS = 10_000;

/** A request of a client. */
export interface ClientRequest {
  readonly path: string;
  /** The time from which the latency counts, which may be before the request is sent. */
  readonly latencyStartMillis: number;
  /** Called once, when the request has been served or has failed. */
  readonly onEnd: (isServed: boolean) => void;
}

/** An HTTP client that records its requests and their outcomes. */
export class HttpClient {
  /** Why the last failed request failed. */
  public lastFailure?: string;
  private readonly connections: Connections;
  private abortedCount = 0;

  /** @param idleTimeoutSeconds the timeout for a response, and for an idle connection. */
  public constructor(
    url: string,
    public readonly log: RequestLog,
    private readonly idleTimeoutSeconds: number = AWS_DEFAULTS.idleTimeoutSeconds,
  ) {
    this.connections = new Connections(url, idleTimeoutSeconds * 1000);
  }

  public send(request: ClientRequest): void {
    this.log.recordRequest();
    if (this.connections.inFlightCount >= MAX_IN_FLIGHT_REQUESTS)
      this.fail(request, 'other', `client limit of ${MAX_IN_FLIGHT_REQUESTS} concurrent requests`);
    else this.dispatch(request, this.connections.take());
  }

  /** Waits for the requests in flight, then aborts the others. Returns the number of aborted requests, which have failed. */
  public async waitForResponses(maxSeconds: number): Promise<number> {
    const timer = setTimeout(() => this.abortRequests(), maxSeconds * 1000);
    await this.connections.waitUntilIdle();
    clearTimeout(timer);
    this.abortRequests();
    return this.abortedCount;
  }

  private abortRequests(): void {
    this.abortedCount += this.connections.inFlightCount;
    this.connections.close();
  }

  private dispatch(request: ClientRequest, connection: Connection): void {
    const handler = new ResponseHandler((statusCode, error) => {
      this.connections.release(connection);
      this.handleResponse(request, statusCode, error);
    });
    connection.send({ method: 'GET', path: request.path }, handler);
  }

  private handleResponse(request: ClientRequest, statusCode: number, error?: Error): void {
    if (error !== undefined) this.fail(request, 'other', formatFailure(error, this.idleTimeoutSeconds));
    else if (statusCode >= 500) this.fail(request, failureKindOf(statusCode), `GET ${request.path} responded ${statusCode}`);
    else this.succeed(request);
  }

  private succeed(request: ClientRequest): void {
    this.log.recordServed((performance.now() - request.latencyStartMillis) / 1000);
    request.onEnd(true);
  }

  private fail(request: ClientRequest, kind: FailureKind, failure: string): void {
    this.log.recordFailure(kind);
    this.lastFailure = failure;
    request.onEnd(false);
  }
}

/** Notifies when a response is complete, or has failed. */
class ResponseHandler implements Dispatcher.DispatchHandler {
  private statusCode = 0;

  public constructor(private readonly onEnd: (statusCode: number, error?: Error) => void) {}

  /** Does nothing, but undici recognizes its new handler interface by this method. */
  public onRequestStart(): void {}

  public onResponseStart(_controller: unknown, statusCode: number): void {
    this.statusCode = statusCode;
  }

  public onResponseData(): void {}

  public onResponseEnd(): void {
    this.onEnd(this.statusCode);
  }

  public onResponseError(_controller: unknown, error: Error): void {
    this.onEnd(this.statusCode, error);
  }
}
