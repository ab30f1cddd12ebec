import type { Socket } from 'node:net';
import type { RequestHead } from '../http/message-head';
import type { ClientRequest } from './client-request';
import type { GeneratedStatus } from './generated-response';

/** What the requests of all connections are passed to. */
export interface RequestListener {
  onRequest(request: ClientRequest): void;
  /** @param rest what the client has sent after its request. The connection is the caller's from now on. */
  onUpgrade(head: RequestHead, client: Socket, rest: Buffer): void;
  /** A request could not be parsed, or its client stopped in the middle of it. */
  onRejection(statusCode: GeneratedStatus): void;
}
