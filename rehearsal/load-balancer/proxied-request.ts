import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Cancel } from '../../src/time/clock';
import type { Connection } from '../http-connections';
import { isTimeout } from '../http-connections';
import { requestHeaders, responseHeaders } from './forwarded-headers';
import { type GeneratedStatus, sendGeneratedResponse } from './generated-response';
import type { LoadBalancerMetrics } from './load-balancer-metrics';
import { bodyOf } from './request-rules';
import type { DelayResult, Target } from './target';

/** If a persistent connection closes this soon after a request was sent, the target had closed it before the request arrived. */
const MAX_CLOSE_RACE_MILLIS = 100;

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

interface ProxiedRequestParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  readonly metrics: LoadBalancerMetrics;
  /** The port that the request came in on. */
  readonly port: number;
  /** The delay by a slow dependency, added to the time that the target needs. */
  readonly addedDelayMillis: number;
  /** Whether it is the last request on the client's connection and on the target's, which are closed after it. */
  readonly isLast: boolean;
  /** Headers that the load balancer adds to the response: names and values alternately. */
  readonly addedHeaders: readonly string[];
}

/**
 * A request that is forwarded to its target, and the response that is sent back.
 *
 * Uses undici's `dispatch`, since undici's `request` costs a third more CPU.
 */
export class ProxiedRequest implements Dispatcher.DispatchHandler {
  private readonly connection: Connection;
  private readonly body: Readable | null;
  private controller?: Dispatcher.DispatchController;
  private sentAtMillis = 0;
  /** Whether it may be sent once more: it has a safe method and no body, the connection was open already, and no response has begun. */
  private canRetry = false;
  private hasEnded = false;
  private isAborted = false;
  /** Cancels the delay by a slow dependency; undefined while the request is not delayed. */
  private cancelDelay?: Cancel;

  private constructor(private readonly parts: ProxiedRequestParts) {
    const { request, target } = parts;
    this.connection = target.connections.take();
    this.body = bodyOf(request, target.idleTimeoutMillis, () => this.handleIdleClient());
  }

  /** Sends a request to its target. */
  public static start(parts: ProxiedRequestParts): void {
    parts.metrics.countRequest();
    const proxied = new ProxiedRequest(parts);
    parts.response.once('close', () => proxied.handleClose());
    proxied.sendAfterDelay();
  }

  public onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.sentAtMillis = performance.now();
    if (this.isAborted) this.abort();
  }

  public onResponseStart(controller: Dispatcher.DispatchController, statusCode: number, _headers: unknown, reason?: string): void {
    this.canRetry = false;
    // informational responses are not forwarded.
    if (statusCode < 200) return;
    const { response, metrics, addedDelayMillis, addedHeaders } = this.parts;
    metrics.addResponseTime((performance.now() - this.sentAtMillis + addedDelayMillis) / 1000);
    const headers = responseHeaders(controller.rawHeaders as Buffer[]);
    response.writeHead(statusCode, reason, addedHeaders.length === 0 ? headers : [...headers, ...addedHeaders]);
  }

  public onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.parts.response.write(chunk)) return;
    controller.pause();
    this.parts.response.once('drain', () => controller.resume());
  }

  public onResponseEnd(): void {
    const { response, target, metrics } = this.parts;
    this.hasEnded = true;
    response.end();
    metrics.countTargetResponse(response.statusCode);
    target.servedRequests += 1;
    target.connections.release(this.connection);
  }

  public onResponseError(_controller: unknown, error: Error): void {
    if (this.isCloseRace(error)) this.retry();
    else this.fail(generatedStatusOf(error));
  }

  private sendAfterDelay(): void {
    const { target, addedDelayMillis } = this.parts;
    if (addedDelayMillis === 0) this.sendFirstAttempt();
    else this.cancelDelay = target.delayedRequests.delay(addedDelayMillis, (result) => this.endDelay(result));
  }

  private endDelay(result: DelayResult): void {
    this.cancelDelay = undefined;
    if (result === 'released') this.sendFirstAttempt();
    else this.fail(504);
  }

  private sendFirstAttempt(): void {
    this.canRetry = this.connection.isOpen && this.body === null && SAFE_METHODS.includes(this.parts.request.method!);
    this.send();
  }

  private send(): void {
    const { request, port, isLast } = this.parts;
    const options = { method: request.method!, path: request.url!, headers: requestHeaders(request, port), body: this.body };
    // without `reset`, undici decides: it closes the connection after HEAD, since some targets send a body even then.
    this.connection.send(isLast ? { ...options, reset: true } : options, this);
  }

  /**
   * Whether the target closed the idle connection while the request was being sent. The target has not received the request then, so
   * sending it again is safe.
   */
  private isCloseRace(error: Error & { readonly code?: string }): boolean {
    const isClosed = error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE';
    return this.canRetry && isClosed && performance.now() - this.sentAtMillis < MAX_CLOSE_RACE_MILLIS;
  }

  private retry(): void {
    this.canRetry = false;
    this.send();
  }

  /** Releases the connection, and sends a generated response unless the client has closed its connection. */
  private fail(statusCode: GeneratedStatus): void {
    const { response, target, metrics } = this.parts;
    this.hasEnded = true;
    target.connections.release(this.connection);
    // an unread body would block the client's connection.
    this.body?.destroy();
    if (this.isAborted) return;
    metrics.countGeneratedResponse(statusCode);
    sendGeneratedResponse(response, statusCode);
  }

  /** The client has stopped sending its body. */
  private handleIdleClient(): void {
    const { response, metrics } = this.parts;
    if (!response.headersSent) metrics.countGeneratedResponse(408);
    sendGeneratedResponse(response, 408);
  }

  /** The client's connection has closed, or it has got a generated response: the request is aborted. */
  private handleClose(): void {
    if (this.hasEnded) return;
    const { response, metrics } = this.parts;
    this.isAborted = true;
    if (!response.headersSent) metrics.countClientAbort();
    this.abort();
  }

  private abort(): void {
    if (this.cancelDelay === undefined) {
      this.controller?.abort(new Error('the client closed its connection'));
    } else {
      this.cancelDelay();
      this.fail(502);
    }
  }
}

/** The status code for a target that did not respond. */
function generatedStatusOf(error: Error & { readonly code?: string }): GeneratedStatus {
  if (error.code === 'UND_ERR_INVALID_ARG') return 400;
  return isTimeout(error) ? 504 : 502;
}
