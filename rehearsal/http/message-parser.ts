import {
  type Llhttp,
  type LlhttpCallbacks,
  loadLlhttp,
  methodNameOf,
  OK,
  PAUSED,
  PAUSED_UPGRADE,
  REQUEST,
  RESPONSE,
  SKIP_BODY,
  UPGRADE,
  USER_ERROR,
} from './llhttp';
import { type RequestHead, type ResponseHead, trimValues } from './message-head';

/** The bytes that are read at once. */
const INPUT_BYTES = 64 * 1024;

/** The bytes from the start of a chunk that are decoded at once: most heads are shorter, and a longer one is decoded part by part. */
const DECODED_BYTES = 4096;

const SWITCHING_PROTOCOLS = 101;
const CONTROL_CHARACTER = /[^\t\x20-\x7e\x80-\xff]/;

/** The part of a head that was read last: the next piece may belong to it. */
type HeadPart = 'none' | 'name' | 'value';

/** The parser that is reading. */
let reading: MessageParser;

const CALLBACKS: LlhttpCallbacks = {
  wasm_on_message_begin: () => reading.begin(),
  wasm_on_url: (_, at, byteCount) => reading.addToFirstLine(at - inputAddress, byteCount),
  wasm_on_status: (_, at, byteCount) => reading.addToFirstLine(at - inputAddress, byteCount),
  wasm_on_header_field: (_, at, byteCount) => reading.addName(at - inputAddress, byteCount),
  wasm_on_header_value: (_, at, byteCount) => reading.addValue(at - inputAddress, byteCount),
  wasm_on_headers_complete: (_, statusCode, upgrade, shouldKeepAlive) => reading.completeHead(statusCode, upgrade, shouldKeepAlive),
  wasm_on_body: (_, at, byteCount) => reading.addBody(at - inputAddress, byteCount),
  wasm_on_message_complete: () => reading.complete(),
};

/** Compiled for the first parser: a command without one starts sooner, and another one sets first how it is compiled. */
let llhttp: Llhttp;

/** Where llhttp reads: each chunk is copied there. */
let inputAddress: number;
let input: Uint8Array;

function load(): void {
  llhttp = loadLlhttp(CALLBACKS);
  inputAddress = llhttp.malloc(INPUT_BYTES);
  input = new Uint8Array(llhttp.memory.buffer, inputAddress, INPUT_BYTES);
}

/**
 * Reads the messages of one connection, one after the other.
 *
 * It calls nothing while it reads: what it has read is in its fields, until it reads more. It stops at the end of a message, and does
 * not read more before `startNext`.
 */
export class MessageParser {
  /** Whether the first byte of the current message has been read. */
  public hasBegun = false;
  /** Whether the head of the current message has been read. */
  public isHeadComplete = false;
  /** Whether the current message has been read to its end. */
  public isComplete = false;
  /** Whether what was read is not a message of HTTP/1.1, or its head is too large. */
  public isMalformed = false;
  /** Whether the connection may be used for another message, as far as the current one says. */
  public shouldKeepAlive = false;
  /** The pieces of the body that were read last: where each starts and ends in the bytes, alternately. */
  public readonly bodyRanges: number[] = [];

  /** Whether the responses to come are read without their headers, which is faster. */
  public skipsHeaders = false;
  /** Whether the next response is to a HEAD request, and so has no body. */
  public isToHead = false;

  private readonly address: number;
  private firstLine = '';
  private rawHeaders: string[] = [];
  private statusCode = 0;
  private isUpgrade = false;
  private headByteCount = 0;
  private lastPart: HeadPart = 'none';
  private bytes: Buffer = Buffer.alloc(0);
  private bytesStart = 0;
  private bytesEnd = 0;
  private decoded?: string;

  /** @param maxHeadBytes the limit for the first line, the headers and the trailer of a message, without separators. */
  public constructor(
    private readonly kind: 'request' | 'response',
    private readonly maxHeadBytes: number,
  ) {
    if (llhttp === undefined) load();
    this.address = llhttp.llhttp_alloc(kind === 'request' ? REQUEST : RESPONSE);
  }

  /** The head of the current request. */
  public get requestHead(): RequestHead {
    const { firstLine: url, rawHeaders, shouldKeepAlive, isUpgrade } = this;
    const method = methodNameOf(llhttp, llhttp.llhttp_get_method(this.address));
    return { method, url, minorVersion: llhttp.llhttp_get_http_minor(this.address), rawHeaders, shouldKeepAlive, isUpgrade };
  }

  /** The head of the current response. */
  public get responseHead(): ResponseHead {
    return { statusCode: this.statusCode, reason: this.firstLine, rawHeaders: this.rawHeaders };
  }

  /**
   * Reads bytes of the current message.
   *
   * @returns where it stopped: at `end`, at the end of the message, at the first malformed byte, or at the limit of what is read at once.
   */
  public read(bytes: Buffer, start: number, end: number): number {
    const byteCount = Math.min(end - start, INPUT_BYTES);
    // the memory is another one after it has grown.
    if (input.byteLength === 0) input = new Uint8Array(llhttp.memory.buffer, inputAddress, INPUT_BYTES);
    bytes.copy(input, 0, start, start + byteCount);
    this.bytes = bytes;
    this.bytesStart = start;
    this.bytesEnd = start + byteCount;
    this.decoded = undefined;
    this.bodyRanges.length = 0;
    reading = this;
    const code = llhttp.llhttp_execute(this.address, inputAddress, byteCount);
    if (code === OK) return start + byteCount;
    this.isMalformed = code !== PAUSED && code !== PAUSED_UPGRADE;
    return start + llhttp.llhttp_get_error_pos(this.address) - inputAddress;
  }

  /** Ends the current message because its connection has ended: a response without a length is complete then, and others are malformed. */
  public end(): void {
    this.bodyRanges.length = 0;
    reading = this;
    const code = llhttp.llhttp_finish(this.address);
    this.isMalformed = code !== OK && code !== PAUSED;
  }

  /** To be called after a message is complete and before the next one is read. */
  public startNext(): void {
    llhttp.llhttp_resume(this.address);
    this.clear();
  }

  /** Forgets all that was read, for a new connection. */
  public reset(): void {
    llhttp.llhttp_reset(this.address);
    this.clear();
  }

  /** To be called once, when the parser is not needed any more. */
  public close(): void {
    llhttp.llhttp_free(this.address);
  }

  private clear(): void {
    this.hasBegun = false;
    this.isHeadComplete = false;
    this.isComplete = false;
    this.isMalformed = false;
    this.bodyRanges.length = 0;
  }

  /** @internal */
  public begin(): number {
    this.hasBegun = true;
    this.firstLine = '';
    this.rawHeaders = [];
    this.headByteCount = 0;
    this.lastPart = 'none';
    return OK;
  }

  /** @internal */
  public addToFirstLine(at: number, byteCount: number): number {
    this.firstLine += this.textAt(at, byteCount);
    return this.countHeadBytes(byteCount);
  }

  /** @internal */
  public addName(at: number, byteCount: number): number {
    if (this.isHeadComplete || this.skipsHeaders) return this.countHeadBytes(byteCount);
    if (this.lastPart === 'name') this.rawHeaders[this.rawHeaders.length - 1] += this.textAt(at, byteCount);
    else this.rawHeaders.push(this.textAt(at, byteCount));
    this.lastPart = 'name';
    return this.countHeadBytes(byteCount);
  }

  /** @internal */
  public addValue(at: number, byteCount: number): number {
    if (this.isHeadComplete || this.skipsHeaders) return this.countHeadBytes(byteCount);
    if (this.lastPart === 'value') this.rawHeaders[this.rawHeaders.length - 1] += this.textAt(at, byteCount);
    else this.rawHeaders.push(this.textAt(at, byteCount));
    this.lastPart = 'value';
    return this.countHeadBytes(byteCount);
  }

  /** @internal */
  public completeHead(statusCode: number, upgrade: number, shouldKeepAlive: number): number {
    this.statusCode = statusCode;
    this.shouldKeepAlive = shouldKeepAlive === 1;
    trimValues(this.rawHeaders);
    if (this.kind === 'request') {
      this.isHeadComplete = true;
      this.isUpgrade = upgrade === 1;
      return this.isUpgrade ? UPGRADE : OK;
    }
    // llhttp accepts any number as a status, and any character in a reason. No request asks for another protocol here.
    if (statusCode < 100 || statusCode > 599 || statusCode === SWITCHING_PROTOCOLS) return USER_ERROR;
    if (CONTROL_CHARACTER.test(this.firstLine)) return USER_ERROR;
    if (statusCode < 200) return SKIP_BODY;
    this.isHeadComplete = true;
    return this.isToHead ? SKIP_BODY : OK;
  }

  /** @internal */
  public addBody(at: number, byteCount: number): number {
    const start = this.bytesStart + at;
    this.bodyRanges.push(start, start + byteCount);
    return OK;
  }

  /** @internal */
  public complete(): number {
    // an informational response: the response itself is still to come.
    if (!this.isHeadComplete) return OK;
    this.isComplete = true;
    return PAUSED;
  }

  private countHeadBytes(byteCount: number): number {
    this.headByteCount += byteCount;
    return this.headByteCount > this.maxHeadBytes ? USER_ERROR : OK;
  }

  private textAt(at: number, byteCount: number): string {
    if (at + byteCount > DECODED_BYTES) {
      const start = this.bytesStart + at;
      return this.bytes.toString('latin1', start, start + byteCount);
    }
    this.decoded ??= this.bytes.toString('latin1', this.bytesStart, Math.min(this.bytesStart + DECODED_BYTES, this.bytesEnd));
    return this.decoded.slice(at, at + byteCount);
  }
}
