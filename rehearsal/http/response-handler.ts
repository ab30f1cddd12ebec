import type { ResponseHead } from './message-head';

/** What is sent on a connection. */
export interface SentRequest {
  /** The request line, the headers and the empty line after them. */
  readonly head: string;
  readonly isHeadMethod: boolean;
  /** Whether `sendBody` and `endBody` follow. */
  readonly hasBody: boolean;
  /** Whether the connection is closed after the response. */
  readonly isLast: boolean;
}

/** What a response is passed to. `onResponseEnd` or `onResponseError` is called once, and nothing after it. */
export interface ResponseHandler {
  /** Whether it needs the headers of the response. */
  readonly readsHeaders: boolean;
  /** The request is being sent: at once, or when the connection has been opened. */
  onSent(): void;
  onResponseStart(head: ResponseHead): void;
  /** A part of the body: bytes from `start` to `end`, which are overwritten after the call. */
  onResponseData(bytes: Buffer, start: number, end: number): void;
  onResponseEnd(): void;
  onResponseError(error: Error): void;
  /** All that was received at once has been passed, and the response is not complete. */
  onResponsePart(): void;
  /** The server reads again, after `sendBody` has returned false. */
  onDrain(): void;
}
