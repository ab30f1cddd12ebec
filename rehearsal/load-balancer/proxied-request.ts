import type { Cancel } from '../../src/time/clock';
import type { Connection } from '../http/connection';
import { isTimeout } from '../http/connection-error';
import { hasHeader, headerValue, type RequestHead, type ResponseHead } from '../http/message-head';
import type { ResponseHandler } from '../http/response-handler';
import type { ClientRequest, RequestBodyHandler } from './client-request';
import { requestHeaders, responseHeaders } from './forwarded-headers';
import { type GeneratedStatus, sendGeneratedResponse } from './generated-response';
import type { LoadBalancerMetrics } from './load-balancer-metrics';
import { framingOf } from './response-framing';
import type { DelayResult, Target } from './target';

/** If a persistent connection closes this soon after a request was sent, the target had closed it before the request arrived. */
const MAX_CLOSE_RACE_MILLIS = 100;

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH'];

interface ProxiedRequestParts {
  readonly request: ClientRequest;
  readonly target: Target;
  readonly metrics: LoadBalancerMetrics;
  /** The port that the request came in on. */
  readonly port: number;
  /** The delay by a slow dependency, added to the time that the target needs. */
  readonly addedDelayMillis: number;
  /** Headers that the load balancer adds to the response, each with its line end. */
  readonly addedHeaders: string;
}

/** A request that is forwarded to its target, and the response that is sent back. */
export class ProxiedRequest implements ResponseHandler, RequestBodyHandler {
  public readonly readsHeaders = true;
  private readonly connection: Connection;
  private readonly isChunked: boolean;
  private sentAtMillis = 0;
  /** Whether it may be sent once more: it has a safe method and no body, the connection was open already, and no response has begun. */
  private canRetry = false;
  private hasEnded = false;
  private isAborted = false;
  /** Cancels the delay by a slow dependency; undefined while the request is not delayed. */
  private cancelDelay?: Cancel;
  /** What the client has sent of its body while the request is delayed. */
  private delayedBody: Buffer[] = [];
  private isBodyComplete: boolean;

  private constructor(private readonly parts: ProxiedRequestParts) {
    const { request, target } = parts;
    this.connection = target.connections.take();
    this.isBodyComplete = !request.hasBody;
    this.isChunked = request.hasBody && hasHeader(request.head.rawHeaders, 'transfer-encoding');
  }

  /** Sends a request to its target. */
  public static start(parts: ProxiedRequestParts): void {
    parts.metrics.countRequest();
    const proxied = new ProxiedRequest(parts);
    const { request } = parts;
    request.bodyHandler = proxied;
    request.onOver(() => proxied.handleOver());
    if (expectsContinue(request)) request.sendContinue();
    proxied.sendAfterDelay();
  }

  public onSent(): void {
    this.sentAtMillis = performance.now();
  }

  public onResponseStart(head: ResponseHead): void {
    this.canRetry = false;
    const { request, metrics, addedDelayMillis, addedHeaders } = this.parts;
    metrics.addResponseTime((performance.now() - this.sentAtMillis + addedDelayMillis) / 1000);
    const { statusCode, reason } = head;
    request.sendHead(
      statusCode,
      `HTTP/1.1 ${statusCode} ${reason}\r\n${responseHeaders(head)}${addedHeaders}`,
      framingOf(request.head, head),
    );
  }

  public onResponseData(bytes: Buffer, start: number, end: number): void {
    if (!this.parts.request.sendBody(bytes, start, end)) this.connection.pause();
  }

  public onResponsePart(): void {
    if (!this.parts.request.flush()) this.connection.pause();
  }

  public onResponseEnd(): void {
    const { request, target, metrics } = this.parts;
    this.hasEnded = true;
    metrics.countTargetResponse(request.statusCode);
    target.servedRequests += 1;
    target.connections.release(this.connection);
    request.end();
  }

  public onResponseError(error: Error): void {
    if (this.isCloseRace(error)) this.retry();
    else this.fail(isTimeout(error) ? 504 : 502);
  }

  /** A part of the client's body. */
  public onBody(bytes: Buffer, start: number, end: number): void {
    const body = bytes.subarray(start, end);
    if (this.cancelDelay === undefined) this.sendBody(body);
    else {
      this.delayedBody.push(body);
      this.parts.request.pauseBody();
    }
  }

  public onBodyEnd(): void {
    this.isBodyComplete = true;
    if (this.parts.request.hasBody && this.cancelDelay === undefined) this.endBody();
  }

  /** The client has stopped sending its body. */
  public onIdle(): void {
    const { request, metrics } = this.parts;
    if (!request.isHeadSent) metrics.countGeneratedResponse(408);
    sendGeneratedResponse(request, 408);
  }

  /** Either side reads again, after it was slower than the other. */
  public onDrain(): void {
    this.connection.resume();
    this.parts.request.resumeBody();
  }

  /** The response has been sent, or the client's connection has closed: what is left of the request is aborted. */
  public handleOver(): void {
    if (this.hasEnded) return;
    const { request, metrics } = this.parts;
    this.isAborted = true;
    if (!request.isHeadSent) metrics.countClientAbort();
    if (this.cancelDelay === undefined) {
      this.connection.abort();
    } else {
      this.cancelDelay();
      this.fail(502);
    }
  }

  private sendAfterDelay(): void {
    const { target, addedDelayMillis } = this.parts;
    if (addedDelayMillis === 0) this.sendFirstAttempt();
    else this.cancelDelay = target.delayedRequests.delay(addedDelayMillis, (result) => this.endDelay(result));
  }

  private endDelay(result: DelayResult): void {
    this.cancelDelay = undefined;
    if (result === 'released') this.sendDelayed();
    else this.fail(504);
  }

  private sendDelayed(): void {
    const { request } = this.parts;
    this.sendFirstAttempt();
    for (const body of this.delayedBody) this.sendBody(body);
    this.delayedBody = [];
    if (request.hasBody && this.isBodyComplete) this.endBody();
    request.resumeBody();
  }

  private sendFirstAttempt(): void {
    const { request } = this.parts;
    this.canRetry = this.connection.isOpen && !request.hasBody && SAFE_METHODS.includes(request.head.method);
    this.send();
  }

  private send(): void {
    const { request, port } = this.parts;
    const { head, hasBody, clientAddress, isAmbiguous } = request;
    const { method, url, rawHeaders } = head;
    const host = hasHeader(rawHeaders, 'host') ? '' : `Host: 127.0.0.1:${this.parts.target.port}\r\n`;
    const text = `${method} ${url} HTTP/1.1\r\n${host}${requestHeaders(head, clientAddress, port)}${this.framingHeader(head)}`;
    const connectionHeader = isAmbiguous ? 'close' : 'keep-alive';
    this.connection.send(
      {
        head: `${text}Connection: ${connectionHeader}\r\n\r\n`,
        isHeadMethod: method === 'HEAD',
        hasBody,
        isLast: isAmbiguous,
      },
      this,
    );
  }

  /** The header that says where the body ends, unless the client's is forwarded. */
  private framingHeader({ method, rawHeaders }: RequestHead): string {
    if (this.isChunked) return 'Transfer-Encoding: chunked\r\n';
    const isMissing = METHODS_WITH_BODY.includes(method) && headerValue(rawHeaders, 'content-length') === undefined;
    return isMissing ? 'Content-Length: 0\r\n' : '';
  }

  private sendBody(body: Buffer): void {
    if (this.isChunked) this.connection.sendBody(`${body.length.toString(16)}\r\n`);
    let canContinue = this.connection.sendBody(body);
    if (this.isChunked) canContinue = this.connection.sendBody('\r\n');
    if (!canContinue) this.parts.request.pauseBody();
  }

  private endBody(): void {
    if (this.isChunked) this.connection.sendBody('0\r\n\r\n');
    this.connection.endBody();
  }

  /**
   * Whether the target closed the idle connection while the request was being sent. The target has not received the request then, so
   * sending it again is safe.
   */
  private isCloseRace(error: Error & { readonly code?: string }): boolean {
    const isClosed = error.code === 'CLOSED' || error.code === 'ECONNRESET' || error.code === 'EPIPE';
    return this.canRetry && isClosed && performance.now() - this.sentAtMillis < MAX_CLOSE_RACE_MILLIS;
  }

  private retry(): void {
    this.canRetry = false;
    this.send();
  }

  /** Releases the connection, and sends a generated response unless the client has closed its connection. */
  private fail(statusCode: GeneratedStatus): void {
    const { request, target, metrics } = this.parts;
    this.hasEnded = true;
    target.connections.release(this.connection);
    if (this.isAborted) return;
    metrics.countGeneratedResponse(statusCode);
    sendGeneratedResponse(request, statusCode);
  }
}

/** Whether the client waits for 100 Continue before it sends the body. */
function expectsContinue({ hasBody, head: { minorVersion, rawHeaders } }: ClientRequest): boolean {
  return hasBody && minorVersion === 1 && headerValue(rawHeaders, 'expect')?.toLowerCase() === '100-continue';
}
