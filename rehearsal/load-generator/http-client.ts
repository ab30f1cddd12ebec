import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import { type FailureKind, failureKindOf } from '../../src/run/failures';
import type { Connection } from '../http/connection';
import { formatFailure } from '../http/connection-error';
import { Connections } from '../http/connections';
import type { ResponseHead } from '../http/message-head';
import type { ResponseHandler, SentRequest } from '../http/response-handler';
import type { RequestLog } from '../request-log/request-log';

/** The maximum number of requests in flight; a request beyond it fails at once. */
const MAX_IN_FLIGHT_REQUESTS = 10_000;

/** A request of a client. */
export interface LoadRequest {
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
  private readonly requestsByPath = new Map<string, SentRequest>();
  private readonly host: string;
  private abortedCount = 0;

  /**
   * @param url the address of a server on this machine.
   * @param idleTimeoutSeconds the timeout for a response, and for an idle connection.
   * @param headers sent with each request besides those of HTTP, each with its line end.
   */
  public constructor(
    url: string,
    public readonly log: RequestLog,
    private readonly idleTimeoutSeconds: number = AWS_DEFAULTS.idleTimeoutSeconds,
    private readonly headers: string = '',
  ) {
    const { host, port } = new URL(url);
    this.host = host;
    this.connections = new Connections(Number(port || 80), idleTimeoutSeconds * 1000);
  }

  public send(request: LoadRequest): void {
    this.log.recordRequest();
    if (this.connections.inFlightCount >= MAX_IN_FLIGHT_REQUESTS)
      this.fail(request, 'other', `client limit of ${MAX_IN_FLIGHT_REQUESTS} concurrent requests`);
    else this.dispatch(request);
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

  private dispatch(request: LoadRequest): void {
    const connection = this.connections.take();
    connection.send(this.requestTo(request.path), new ResponseReceiver(this, connection, request));
  }

  /** What is sent for a path: the same text each time. */
  private requestTo(path: string): SentRequest {
    let request = this.requestsByPath.get(path);
    if (request === undefined) {
      const head = `GET ${escapePath(path)} HTTP/1.1\r\nHost: ${this.host}\r\nConnection: keep-alive\r\n${this.headers}\r\n`;
      request = { head, isHeadMethod: false, hasBody: false, isLast: false };
      this.requestsByPath.set(path, request);
    }
    return request;
  }

  /** @internal */
  public handleResponse(connection: Connection, request: LoadRequest, statusCode: number, error?: Error): void {
    this.connections.release(connection);
    if (error !== undefined) this.fail(request, 'other', formatFailure(error, this.idleTimeoutSeconds));
    else if (statusCode >= 500) this.fail(request, failureKindOf(statusCode), `GET ${request.path} responded ${statusCode}`);
    else this.succeed(request);
  }

  private succeed(request: LoadRequest): void {
    this.log.recordServed((performance.now() - request.latencyStartMillis) / 1000);
    request.onEnd(true);
  }

  private fail(request: LoadRequest, kind: FailureKind, failure: string): void {
    this.log.recordFailure(kind);
    this.lastFailure = failure;
    request.onEnd(false);
  }
}

/** Notifies the client when a response is complete, or has failed. */
class ResponseReceiver implements ResponseHandler {
  public readonly readsHeaders = false;
  private statusCode = 0;

  public constructor(
    private readonly client: HttpClient,
    private readonly connection: Connection,
    private readonly request: LoadRequest,
  ) {}

  public onResponseStart({ statusCode }: ResponseHead): void {
    this.statusCode = statusCode;
  }

  public onResponseEnd(): void {
    this.client.handleResponse(this.connection, this.request, this.statusCode);
  }

  public onResponseError(error: Error): void {
    this.client.handleResponse(this.connection, this.request, this.statusCode, error);
  }

  public onSent(): void {}
  public onResponseData(): void {}
  public onResponsePart(): void {}
  public onDrain(): void {}
}

/** Escapes what a request line cannot contain, such as a space. */
function escapePath(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}
