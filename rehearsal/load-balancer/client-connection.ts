import type { Socket } from 'node:net';
import type { RequestHead } from '../http/message-head';
import { MessageParser } from '../http/message-parser';
import type { TimeoutTicks } from '../http/timeout-ticks';
import { ClientRequest, type RequestConnection } from './client-request';
import { type GeneratedStatus, generatedResponseText, sendGeneratedResponse } from './generated-response';
import type { RequestListener } from './request-listener';
import { hasBody, MAX_ALL_HEADERS_BYTES } from './request-rules';

/** The limit of the parser, which is for the request line and the headers together. `rejectionStatusOf` has the limits of each. */
const MAX_REQUEST_HEAD_BYTES = MAX_ALL_HEADERS_BYTES + 32 * 1024;

/** If a client has sent more than this before it has the response to an earlier request, reading is paused. */
const MAX_PIPELINED_BYTES = 64 * 1024;

/** The settings that all connections share. */
export interface ClientConnectionSettings {
  readonly listener: RequestListener;
  readonly ticks: TimeoutTicks;
  readonly idleTimeoutMillis: number;
  /** Called once, when the connection has been closed or upgraded. */
  readonly onClose: (connection: ClientConnection) => void;
}

const NO_BYTES = Buffer.alloc(0);

/** A connection of a client, with one request after the other. */
export class ClientConnection implements RequestConnection {
  public readonly address: string;
  public readonly keepAliveHeaders: string;
  private readonly parser = new MessageParser('request', MAX_REQUEST_HEAD_BYTES);
  /** The request that is being read or responded to. */
  private request?: ClientRequest;
  private isBodyComplete = true;
  private isResponseComplete = true;
  /** What the client has sent after the request that is being responded to. */
  private pipelinedBytes: Buffer = NO_BYTES;
  /** Whether the connection closes once the response has been sent. */
  private isClosing = false;
  /** Whether nothing is read any more: what the client still sends is dropped. */
  private ignoresClient = false;
  private isReading = false;
  private isPaused = false;
  private activeAtTick: number;
  /** When the current request began: its headers have to be complete in time, however slowly they come. */
  private begunAtTick: number;

  public constructor(
    private readonly socket: Socket,
    private readonly settings: ClientConnectionSettings,
  ) {
    this.address = socket.remoteAddress ?? '';
    this.keepAliveHeaders = `Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(settings.idleTimeoutMillis / 1000)}\r\n`;
    this.activeAtTick = this.begunAtTick = settings.ticks.count;
    socket.on('data', this.receive);
    socket.on('end', this.handleEnd);
    socket.on('drain', this.handleDrain);
    // a reset by the client is not an error of the load balancer; `close` follows.
    socket.on('error', this.ignoreError);
    socket.on('close', this.handleClose);
  }

  public write(data: string | Buffer): boolean {
    this.activeAtTick = this.settings.ticks.count;
    return this.socket.write(data as string, 'latin1');
  }

  public pause(): void {
    this.isPaused = true;
    this.socket.pause();
  }

  public resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.activeAtTick = this.settings.ticks.count;
    this.socket.resume();
  }

  public destroy(): void {
    this.ignoresClient = true;
    this.socket.destroy();
  }

  public endResponse(request: ClientRequest): void {
    if (request.isLast) this.isClosing = true;
    this.isResponseComplete = true;
    request.bodyHandler = undefined;
    // a body that the target did not read is read to its end: the client's next request comes after it.
    this.resume();
    if (this.socket.destroyed) return;
    if (this.socket.writableLength === 0) this.handleSent(request);
    // the callback of an empty write is called when all before it has been sent.
    else this.socket.write('', (error) => !error && this.handleSent(request));
  }

  /** To be called at each tick. */
  public checkTimeout(): void {
    const { request, socket } = this;
    const { ticks, idleTimeoutMillis } = this.settings;
    const isSending = socket.writableLength > 0;
    const isInHead = request === undefined && this.parser.hasBegun && !isSending;
    if (ticks.count - (isInHead ? this.begunAtTick : this.activeAtTick) <= ticks.ticksOf(idleTimeoutMillis)) return;
    if (isInHead) this.reject(408);
    // a client has stopped reading if there is something left to send. What it requested is aborted with its connection.
    else if (isSending || request === undefined) socket.destroy();
    else if (!this.isBodyComplete && !this.isPaused) {
      if (request.bodyHandler === undefined) socket.destroy();
      else request.bodyHandler.onIdle();
    }
  }

  private readonly receive = (bytes: Buffer): void => {
    this.activeAtTick = this.settings.ticks.count;
    if (this.ignoresClient) return;
    if (this.request !== undefined && this.isBodyComplete) this.hold(bytes);
    else this.read(bytes);
  };

  /** Holds back requests that were pipelined. */
  private hold(bytes: Buffer): void {
    this.pipelinedBytes = this.pipelinedBytes.length === 0 ? bytes : Buffer.concat([this.pipelinedBytes, bytes]);
    if (this.pipelinedBytes.length > MAX_PIPELINED_BYTES) this.pause();
  }

  /** Reads requests, as long as each gets its response at once. */
  private read(bytes: Buffer): void {
    this.isReading = true;
    let position = 0;
    while (position < bytes.length && !this.ignoresClient && (this.request === undefined || !this.isBodyComplete))
      position = this.readOnce(bytes, position);
    this.isReading = false;
    if (position < bytes.length && !this.ignoresClient) this.hold(bytes.subarray(position));
  }

  /** Reads up to the end of a request. Returns where it stopped. */
  private readOnce(bytes: Buffer, start: number): number {
    const { parser } = this;
    const hadBegun = parser.hasBegun;
    const stop = parser.read(bytes, start, bytes.length);
    if (parser.hasBegun && !hadBegun) this.begunAtTick = this.settings.ticks.count;
    if (parser.isMalformed) {
      this.reject(400);
      return bytes.length;
    }
    if (parser.isHeadComplete && this.request === undefined) this.begin(parser.requestHead, bytes, stop);
    if (this.request !== undefined) this.passBody(bytes);
    return stop;
  }

  private begin(head: RequestHead, bytes: Buffer, stop: number): void {
    if (head.isUpgrade) {
      this.upgrade(head, bytes.subarray(stop));
      return;
    }
    this.isBodyComplete = false;
    this.isResponseComplete = false;
    this.request = new ClientRequest(head, this, hasBody(head));
    this.settings.listener.onRequest(this.request);
  }

  private passBody(bytes: Buffer): void {
    const { parser, request } = this;
    const { bodyRanges } = parser;
    for (let index = 0; index < bodyRanges.length; index += 2)
      request!.bodyHandler?.onBody(bytes, bodyRanges[index]!, bodyRanges[index + 1]!);
    if (!parser.isComplete) return;
    this.isBodyComplete = true;
    if (this.isClosing) this.ignoresClient = true;
    request!.bodyHandler?.onBodyEnd();
    this.continueIfOver();
  }

  private upgrade(head: RequestHead, rest: Buffer): void {
    if (head.method === 'CONNECT') {
      this.reject(400);
      return;
    }
    const { socket } = this;
    socket.off('data', this.receive).off('end', this.handleEnd).off('drain', this.handleDrain).off('close', this.handleClose);
    socket.off('error', this.ignoreError);
    this.ignoresClient = true;
    this.parser.close();
    this.settings.onClose(this);
    this.settings.listener.onUpgrade(head, socket, Buffer.from(rest));
  }

  private handleSent(request: ClientRequest): void {
    if (this.request !== request) return;
    request.setOver(true);
    if (request.isLast) this.endConnection();
    else this.continueIfOver();
  }

  /** Goes on with the next request once the current one has been read to its end and its response has been sent. */
  private continueIfOver(): void {
    if (!this.isBodyComplete || !this.isResponseComplete || this.isClosing || this.socket.writableLength > 0) return;
    this.request = undefined;
    this.activeAtTick = this.settings.ticks.count;
    this.parser.startNext();
    if (this.isReading) return;
    const bytes = this.pipelinedBytes;
    this.pipelinedBytes = NO_BYTES;
    this.resume();
    if (bytes.length > 0) this.read(bytes);
  }

  /** Responds to a request that is not valid, or not complete in time, and closes the connection. */
  private reject(statusCode: GeneratedStatus): void {
    this.isClosing = true;
    this.ignoresClient = true;
    const { request, settings } = this;
    if (request !== undefined) {
      // the start of the request was valid and it may have been forwarded already, but the rest of it cannot be parsed.
      if (!request.isHeadSent) settings.listener.onRejection(statusCode);
      sendGeneratedResponse(request, statusCode);
      return;
    }
    settings.listener.onRejection(statusCode);
    this.endConnection(generatedResponseText(statusCode));
  }

  private endConnection(lastText = ''): void {
    this.isClosing = true;
    this.socket.end(lastText, 'latin1', () => this.socket.destroy());
  }

  /** The client sends nothing more. */
  private readonly handleEnd = (): void => {
    const isInMessage = this.request === undefined ? this.parser.hasBegun : !this.isBodyComplete;
    if (isInMessage && !this.isClosing) this.reject(400);
    else if (!this.isClosing) this.socket.destroy();
  };

  private readonly handleDrain = (): void => {
    this.activeAtTick = this.settings.ticks.count;
    this.request?.bodyHandler?.onDrain();
  };

  private readonly ignoreError = (): void => {};

  private readonly handleClose = (): void => {
    const { request } = this;
    this.ignoresClient = true;
    this.request = undefined;
    this.parser.close();
    this.settings.onClose(this);
    request?.setOver(false);
  };
}
