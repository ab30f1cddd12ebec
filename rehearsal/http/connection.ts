import { connect, type Socket } from 'node:net';
import { ConnectionError } from './connection-error';
import { headerValue, type ResponseHead } from './message-head';
import { MessageParser } from './message-parser';
import type { ResponseHandler, SentRequest } from './response-handler';
import type { TimeoutTicks } from './timeout-ticks';

/** The limit of an Application Load Balancer for the headers of a response: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas */
const MAX_RESPONSE_HEAD_BYTES = 32 * 1024;

/** A connection is closed this long before a server that announces its keep-alive timeout closes it. */
const KEEP_ALIVE_MARGIN_MILLIS = 1000;

/** The settings that the connections to one server share. */
export interface ConnectionSettings {
  readonly port: number;
  readonly ticks: TimeoutTicks;
  /** How long the server may send nothing during a request, and the connection may be idle between two. */
  readonly idleTimeoutMillis: number;
  readonly connectTimeoutMillis: number;
  /** What all of them receive into, one after the other. */
  readonly receiveBuffer: Buffer;
}

/**
 * A persistent connection to a server on this machine. Opened by its first request, and reopened when needed after the server has closed
 * it.
 */
export class Connection {
  private socket?: Socket;
  private parser?: MessageParser;
  private handler?: ResponseHandler;
  private request?: SentRequest;
  private isConnecting = false;
  /** Whether the response has begun. */
  private hasStarted = false;
  private isPaused = false;
  /** Whether it was closed here, for good. */
  private isClosed = false;
  /** Whether the body of the request has been sent, or it has none. */
  private isRequestSent = true;
  private activeAtTick = 0;
  /** For how many ticks it may be idle between two requests; undefined before the first response. */
  private keepAliveTicks?: number;
  /** When it was taken for the request in flight; undefined while it is idle. */
  public takenAtMillis?: number;

  public constructor(private readonly settings: ConnectionSettings) {}

  /** Whether it is open. If not, the next request opens it. */
  public get isOpen(): boolean {
    return this.socket !== undefined && !this.isConnecting;
  }

  public send(request: SentRequest, handler: ResponseHandler): void {
    this.request = request;
    this.handler = handler;
    this.isRequestSent = !request.hasBody;
    this.activeAtTick = this.settings.ticks.count;
    if (this.isClosed) {
      this.close();
      return;
    }
    const socket = this.socket ?? this.open();
    const parser = this.parser!;
    parser.isToHead = request.isHeadMethod;
    // the first response may announce a keep-alive timeout.
    parser.skipsHeaders = !handler.readsHeaders && this.keepAliveTicks !== undefined;
    socket.write(request.head, 'latin1');
    if (!this.isConnecting) handler.onSent();
  }

  /** Sends a part of the body. Returns false if the server has not read what was sent before: `onDrain` is called when it has. */
  public sendBody(bytes: Buffer | string): boolean {
    this.activeAtTick = this.settings.ticks.count;
    return this.socket?.write(bytes as string, 'latin1') ?? true;
  }

  /** The body has been sent. */
  public endBody(): void {
    this.isRequestSent = true;
    this.activeAtTick = this.settings.ticks.count;
  }

  /** Stops receiving, until `resume`. */
  public pause(): void {
    this.isPaused = true;
    this.socket?.pause();
  }

  public resume(): void {
    this.isPaused = false;
    this.activeAtTick = this.settings.ticks.count;
    this.socket?.resume();
  }

  /** Closes it for good. A request in flight fails, as do those that are sent later. */
  public close(): void {
    this.isClosed = true;
    this.fail(new ConnectionError('ABORTED'));
  }

  /** Aborts the request in flight, which fails. */
  public abort(): void {
    this.fail(new ConnectionError('ABORTED'));
  }

  /** To be called at each tick. */
  public checkTimeout(): void {
    const { socket, settings } = this;
    if (socket === undefined || this.isPaused) return;
    const idleTicks = settings.ticks.count - this.activeAtTick;
    if (this.handler === undefined) {
      if (idleTicks > this.keepAliveTicks!) this.disconnect();
      return;
    }
    // the client is to send the rest of its request.
    if (!this.isRequestSent && !socket.writableNeedDrain) return;
    const timeoutMillis = this.isConnecting ? settings.connectTimeoutMillis : settings.idleTimeoutMillis;
    if (idleTicks > settings.ticks.ticksOf(timeoutMillis)) this.fail(new ConnectionError('TIMEOUT'));
  }

  private open(): Socket {
    const { port, receiveBuffer, ticks } = this.settings;
    ticks.start();
    const onread = { buffer: receiveBuffer, callback: (byteCount: number, bytes: Uint8Array) => this.receive(bytes as Buffer, byteCount) };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
    let error: Error | undefined;
    socket.once('connect', () => this.handleConnect());
    socket.on('drain', () => this.handler?.onDrain());
    socket.on('error', (each) => {
      error = each;
    });
    // its events after it was given up do not concern this connection any more.
    socket.once('end', () => socket === this.socket && this.handleEnd());
    socket.once('close', () => socket === this.socket && this.fail(error ?? new ConnectionError('CLOSED')));
    this.socket = socket;
    this.isConnecting = true;
    this.keepAliveTicks = undefined;
    this.parser = new MessageParser('response', MAX_RESPONSE_HEAD_BYTES);
    return socket;
  }

  private handleConnect(): void {
    this.isConnecting = false;
    this.activeAtTick = this.settings.ticks.count;
    this.handler?.onSent();
  }

  /** @returns whether to go on receiving. */
  private receive(bytes: Buffer, byteCount: number): boolean {
    const { handler, parser } = this;
    // a server that sends something without a request cannot be trusted with the next one.
    if (handler === undefined) this.disconnect();
    if (handler === undefined || parser === undefined) return true;
    this.activeAtTick = this.settings.ticks.count;
    const end = parser.read(bytes, 0, byteCount);
    if (parser.isMalformed) this.fail(new ConnectionError('MALFORMED'));
    else this.passOn(handler, parser, bytes, end < byteCount);
    return !this.isPaused;
  }

  /** Passes on what the parser has read. */
  private passOn(handler: ResponseHandler, parser: MessageParser, bytes: Buffer, hasMore: boolean): void {
    if (!this.hasStarted && parser.isHeadComplete) this.start(handler, parser);
    const { bodyRanges } = parser;
    for (let index = 0; index < bodyRanges.length && this.handler === handler; index += 2)
      handler.onResponseData(bytes, bodyRanges[index]!, bodyRanges[index + 1]!);
    // the handler may have aborted its request.
    if (this.handler !== handler) return;
    if (parser.isComplete) this.complete(handler, parser, hasMore);
    else handler.onResponsePart();
  }

  private start(handler: ResponseHandler, parser: MessageParser): void {
    this.hasStarted = true;
    const head = parser.responseHead;
    this.keepAliveTicks ??= this.settings.ticks.ticksOf(this.keepAliveMillis(head));
    handler.onResponseStart(head);
  }

  private keepAliveMillis({ rawHeaders }: ResponseHead): number {
    const { idleTimeoutMillis } = this.settings;
    const announced = /timeout=(\d+)/.exec(headerValue(rawHeaders, 'keep-alive') ?? '')?.[1];
    return announced === undefined ? idleTimeoutMillis : Math.min(idleTimeoutMillis, 1000 * Number(announced) - KEEP_ALIVE_MARGIN_MILLIS);
  }

  private complete(handler: ResponseHandler, parser: MessageParser, hasMore: boolean): void {
    const { isLast, isHeadMethod } = this.request!;
    this.handler = undefined;
    this.hasStarted = false;
    // some servers send a body even after HEAD, and it would be read as the next response.
    if (hasMore || isLast || isHeadMethod || !parser.shouldKeepAlive || !this.isRequestSent || this.keepAliveTicks! <= 0) this.disconnect();
    else parser.startNext();
    // the last part of the response may have paused it, and its handler does not resume it any more.
    if (this.isPaused) this.resume();
    handler.onResponseEnd();
  }

  /** The server has ended the connection, which completes a response without a length. */
  private handleEnd(): void {
    const { handler, parser } = this;
    if (handler === undefined || parser === undefined) {
      this.disconnect();
      return;
    }
    parser.end();
    if (parser.isComplete && !parser.isMalformed) this.complete(handler, parser, true);
    else this.fail(new ConnectionError('CLOSED'));
  }

  private fail(error: Error): void {
    const { handler } = this;
    this.handler = undefined;
    this.hasStarted = false;
    this.disconnect();
    handler?.onResponseError(error);
  }

  private disconnect(): void {
    this.socket?.destroy();
    this.socket = undefined;
    this.isConnecting = false;
    this.isPaused = false;
    this.parser?.close();
    this.parser = undefined;
  }
}
