import { connect, type Socket } from 'node:net';
import { formatFailure } from '../../rehearsal/http/connection-error';
import { headerValue, type ResponseHead } from '../../rehearsal/http/message-head';
import { MessageParser } from '../../rehearsal/http/message-parser';

/** The limit of an Application Load Balancer for the headers of a response. */
const MAX_RESPONSE_HEAD_BYTES = 32 * 1024;

const RECEIVE_BUFFER = Buffer.alloc(64 * 1024);
const HTTP_VERSION_BYTES = 'HTTP/1.1'.length;

/** What became of one request. */
export interface RequestOutcome {
  readonly writtenAtMillis: number;
  readonly endedAtMillis: number;
  /** Undefined if no complete response came. */
  readonly response?: ResponseHead;
  /** Why there was no complete response. */
  readonly failure?: string;
  /** Whether no connection could be opened, because nothing listened on the port. */
  readonly isConnectionRefused: boolean;
  /** Whether an earlier request on the same connection got a response. */
  readonly isOnUsedConnection: boolean;
}

/** One connection to the task, as a load balancer keeps it: one request after the other, and it is seen when the task closes it. */
export class TaskConnection {
  /** Whether the last response announced that it closes the connection: by `Connection: close`, by HTTP/1.0 or by a body that ends with the connection. */
  public announcesClose = false;
  /** Such as `HTTP/1.1`, of the last response. */
  public httpVersion?: string;
  /** The head of the last response. */
  public lastResponse?: ResponseHead;
  /** When the task, or this side, closed it. */
  public closedAtMillis?: number;
  /** How many complete responses came on it. */
  public responseCount = 0;
  /** Whether the task closed it, and not this side. */
  public isClosedByTask = false;
  private lastResponseAtMillis = performance.now();
  private readonly socket: Socket;
  private readonly parser = new MessageParser('response', MAX_RESPONSE_HEAD_BYTES);
  private pending?: { readonly writtenAtMillis: number; readonly resolve: (outcome: RequestOutcome) => void };
  private error: (Error & { readonly code?: unknown }) | undefined;
  private timer: NodeJS.Timeout | undefined;

  public constructor(private readonly port: number) {
    // what is received is parsed at once, so all connections share one buffer.
    const onread = { buffer: RECEIVE_BUFFER, callback: (byteCount: number, bytes: Uint8Array) => this.receive(bytes, byteCount) };
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    this.socket.on('error', (error) => {
      this.error = error;
    });
    this.socket.on('end', () => this.handleEnd());
    this.socket.on('close', () => this.handleClose());
  }

  public get isClosed(): boolean {
    return this.closedAtMillis !== undefined;
  }

  /** Whether another request can be sent on it. */
  public get isUsable(): boolean {
    return !this.isClosed && !this.announcesClose && !this.socket.destroyed;
  }

  /** How long it has been idle since the last response, or was until it was closed. */
  public get idleSeconds(): number {
    return ((this.closedAtMillis ?? performance.now()) - this.lastResponseAtMillis) / 1000;
  }

  /** The timeout of the `Keep-Alive` header of the last response, if it had one. */
  public get keepAliveSeconds(): number | undefined {
    const timeout = /timeout=(\d+)/i.exec(this.header('keep-alive') ?? '')?.[1];
    return timeout === undefined ? undefined : Number(timeout);
  }

  /** A header of the last response. @param name in lower case. */
  public header(name: string): string | undefined {
    return this.lastResponse && headerValue(this.lastResponse.rawHeaders, name);
  }

  /** Sends a GET request, and waits for the whole response. Never rejects. @param extraHeaders lines, each with its line end. */
  public request(path: string, timeoutSeconds: number, extraHeaders = ''): Promise<RequestOutcome> {
    return new Promise((resolve) => {
      this.pending = { writtenAtMillis: performance.now(), resolve };
      this.timer = setTimeout(() => this.fail(`no response within ${timeoutSeconds} s`), timeoutSeconds * 1000);
      if (this.isClosed) this.fail('connection reset');
      else this.socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\n${extraHeaders}\r\n`, 'latin1');
    });
  }

  public close(): void {
    this.socket.destroy();
  }

  /** @returns that it goes on receiving. */
  private receive(bytes: Uint8Array, byteCount: number): boolean {
    // bytes without a request, such as the body of an error response that was longer than announced.
    if (this.pending === undefined) return true;
    if (!this.parser.hasBegun && byteCount >= HTTP_VERSION_BYTES)
      this.httpVersion = RECEIVE_BUFFER.toString('latin1', 0, HTTP_VERSION_BYTES);
    this.parser.read(bytes as Buffer, 0, byteCount);
    if (this.parser.isMalformed) this.fail('the response is not valid HTTP/1.1');
    else if (this.parser.isComplete) this.complete();
    return true;
  }

  private complete(): void {
    const { pending, parser } = this;
    if (pending === undefined) return;
    this.lastResponse = parser.responseHead;
    this.announcesClose = !parser.shouldKeepAlive;
    if (parser.shouldKeepAlive) parser.startNext();
    this.settle({ response: this.lastResponse });
    this.responseCount += 1;
    this.lastResponseAtMillis = performance.now();
  }

  private handleEnd(): void {
    this.isClosedByTask = true;
    if (this.pending === undefined) return;
    this.parser.end();
    if (this.parser.isComplete && !this.parser.isMalformed) this.complete();
  }

  private handleClose(): void {
    this.closedAtMillis = performance.now();
    if (this.error !== undefined) this.isClosedByTask = true;
    this.fail(this.error === undefined ? 'connection closed before the response was complete' : formatFailure(this.error, 0));
    this.parser.close();
  }

  private fail(failure: string): void {
    if (this.pending !== undefined) this.settle({ failure });
    this.socket.destroy();
  }

  private settle(result: Pick<RequestOutcome, 'response' | 'failure'>): void {
    const { writtenAtMillis, resolve } = this.pending!;
    this.pending = undefined;
    clearTimeout(this.timer);
    resolve({
      writtenAtMillis,
      endedAtMillis: performance.now(),
      isConnectionRefused: this.error?.code === 'ECONNREFUSED',
      isOnUsedConnection: this.responseCount > 0,
      ...result,
    });
  }
}
