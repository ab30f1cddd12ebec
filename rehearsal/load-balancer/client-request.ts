import type { RequestHead } from '../http/message-head';

/** What the body of a request is passed to. */
export interface RequestBodyHandler {
  /** A part of the body: bytes from `start` to `end`. */
  onBody(bytes: Buffer, start: number, end: number): void;
  onBodyEnd(): void;
  /** The client has sent nothing for the idle timeout, and its body is not complete. */
  onIdle(): void;
  /** The client reads again, after `sendBody` has returned false. */
  onDrain(): void;
}

/** How a client knows where the body of a response ends. */
export type BodyFraming = 'none' | 'length' | 'chunked' | 'close';

/** What a request needs of the connection that it came in on. */
export interface RequestConnection {
  /** The IP address of the client. */
  readonly address: string;
  /** The headers of a response after which the connection stays open, each with its line end. */
  readonly keepAliveHeaders: string;
  /** Sends text in Latin-1, or bytes. Returns false if the client does not read fast enough. */
  write(data: string | Buffer): boolean;
  /** Stops reading, until `resume`. */
  pause(): void;
  resume(): void;
  /** Closes the connection. */
  destroy(): void;
  /** To be called when the response to a request has been written. */
  endResponse(request: ClientRequest): void;
}

/** Parts of a body up to this size are sent together with what is before them. */
const MAX_JOINED_BYTES = 16 * 1024;

/** A request of a client, and the response to it. */
export class ClientRequest {
  /** Whether the response has begun. */
  public isHeadSent = false;
  public statusCode = 0;
  /** Whether the client's connection is closed after the response. */
  public isLast: boolean;
  /** Whether servers may differ about where the request ends. */
  public isAmbiguous = false;
  public bodyHandler?: RequestBodyHandler;
  private readonly overListeners: ((isComplete: boolean) => void)[] = [];
  private isOver = false;
  private framing: BodyFraming = 'none';
  /** What is still to be sent, in Latin-1: one call of the system sends it together. */
  private unsent = '';

  public constructor(
    public readonly head: RequestHead,
    private readonly connection: RequestConnection,
    public readonly hasBody: boolean,
  ) {
    this.isLast = !head.shouldKeepAlive;
  }

  public get clientAddress(): string {
    return this.connection.address;
  }

  /** @param listener called once: when the response has been sent, or the connection has closed before. */
  public onOver(listener: (isComplete: boolean) => void): void {
    this.overListeners.push(listener);
  }

  /** To be called when the response has been sent, or the connection has closed. */
  public setOver(isComplete: boolean): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const listener of this.overListeners) listener(isComplete);
  }

  /** Sends an informational response to a client that waits for it before it sends its body. */
  public sendContinue(): void {
    this.connection.write('HTTP/1.1 100 Continue\r\n\r\n');
  }

  /**
   * Begins the response.
   *
   * @param text the status line and the headers of the target, each with its line end.
   */
  public sendHead(statusCode: number, text: string, framing: BodyFraming): void {
    this.isHeadSent = true;
    this.statusCode = statusCode;
    this.framing = framing;
    if (framing === 'close') this.isLast = true;
    this.unsent = `${text}${this.isLast ? CLOSE : this.connection.keepAliveHeaders}${framing === 'chunked' ? CHUNKED : ''}\r\n`;
  }

  /** Sends a part of the body. Returns false if the client does not read fast enough: `onDrain` is called when it has. */
  public sendBody(bytes: Buffer, start: number, end: number): boolean {
    if (this.framing === 'none') return true;
    const isChunked = this.framing === 'chunked';
    if (isChunked) this.unsent += `${(end - start).toString(16)}\r\n`;
    if (end - start <= MAX_JOINED_BYTES) {
      this.unsent += bytes.toString('latin1', start, end);
      if (isChunked) this.unsent += '\r\n';
      return this.unsent.length <= MAX_JOINED_BYTES || this.flush();
    }
    this.flush();
    // the bytes are overwritten by what is received next.
    const canContinue = this.connection.write(Buffer.from(bytes.subarray(start, end)));
    if (isChunked) this.unsent = '\r\n';
    return canContinue;
  }

  /** Sends what is held back. Returns false if the client does not read fast enough. */
  public flush(): boolean {
    if (this.unsent === '') return true;
    const { unsent } = this;
    this.unsent = '';
    return this.connection.write(unsent);
  }

  /** Completes the response. */
  public end(): void {
    if (this.framing === 'chunked') this.unsent += '0\r\n\r\n';
    this.flush();
    this.connection.endResponse(this);
  }

  /** Cuts the response off, by closing the connection. */
  public cutOff(): void {
    this.connection.destroy();
  }

  /** Stops reading the body, until `resumeBody`. */
  public pauseBody(): void {
    this.connection.pause();
  }

  public resumeBody(): void {
    this.connection.resume();
  }
}

const CHUNKED = 'Transfer-Encoding: chunked\r\n';
const CLOSE = 'Connection: close\r\n';
