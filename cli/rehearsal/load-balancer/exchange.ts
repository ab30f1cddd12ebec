import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Cancel } from '../../../src/time/time';
import type { Connection } from '../connections';
import { isTimeout } from '../failure-in-words';
import { answerHeaders, requestHeaders } from './forwarded-headers';
import type { HeldEnd } from './held-requests';
import type { LoadBalancerCount } from './load-balancer-counters';
import { answerItself, type OwnStatus } from './own-answer';
import { bodyOf } from './request-body';
import type { Target } from './target';

/** A kept connection that closes this soon after a request was sent had been closed before the request reached its target. */
const CROSSING_MILLIS = 100;

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

interface ExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly target: Target;
  readonly count: LoadBalancerCount;
  /** The port that the request came in on. */
  readonly port: number;
  /** How much longer than its target needs the request shall take, since something behind the target is slow. */
  readonly addedMillis: number;
  /** Whether neither connection may carry another request. */
  readonly isLast: boolean;
  /** Headers that the load balancer adds to the answer: names and values in turn. */
  readonly addedHeaders: readonly string[];
}

/**
 * One request on its way to its target, and the answer on its way back.
 *
 * Written against undici's dispatcher and not its `request`, which costs a
 * third more CPU.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private readonly connection: Connection;
  private readonly body: Readable | null;
  private controller?: Dispatcher.DispatchController;
  private sentAtMillis = 0;
  private mayCross = false;
  private isOver = false;
  private isAbandoned = false;
  /** Where the request is held: ends that, and nothing comes of it. */
  private letGo?: Cancel;

  private constructor(private readonly parts: ExchangeParts) {
    const { request, target } = parts;
    this.connection = target.connections.take();
    this.body = bodyOf(request, target.silenceMillis, () => this.refuse());
  }

  /** Sends a request to its target. */
  public static start(parts: ExchangeParts): void {
    parts.count.request();
    const exchange = new Exchange(parts);
    parts.response.once('close', () => exchange.abandon());
    exchange.begin();
  }

  public onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.sentAtMillis = performance.now();
    if (this.isAbandoned) this.abort();
  }

  public onResponseStart(controller: Dispatcher.DispatchController, statusCode: number, _headers: unknown, reason?: string): void {
    this.mayCross = false;
    // an early hint is between a target and its load balancer.
    if (statusCode < 200) return;
    const { response, count, addedMillis, addedHeaders } = this.parts;
    count.responseTime((performance.now() - this.sentAtMillis + addedMillis) / 1000);
    const headers = answerHeaders(controller.rawHeaders as Buffer[]);
    response.writeHead(statusCode, reason, addedHeaders.length === 0 ? headers : [...headers, ...addedHeaders]);
  }

  public onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.parts.response.write(chunk)) return;
    controller.pause();
    this.parts.response.once('drain', () => controller.resume());
  }

  public onResponseEnd(): void {
    const { response, target, count } = this.parts;
    this.isOver = true;
    response.end();
    count.targetAnswer(response.statusCode);
    target.answeredRequests += 1;
    target.connections.give(this.connection);
  }

  public onResponseError(_controller: unknown, error: Error): void {
    if (this.hasCrossed(error)) this.sendAgain();
    else this.giveUp(statusOf(error));
  }

  private begin(): void {
    const { target, addedMillis } = this.parts;
    if (addedMillis === 0) this.sendFirst();
    else this.letGo = target.held.hold(addedMillis, (how) => this.endHolding(how));
  }

  private endHolding(how: HeldEnd): void {
    this.letGo = undefined;
    if (how === 'released') this.sendFirst();
    else this.giveUp(504);
  }

  private sendFirst(): void {
    this.mayCross = this.connection.isOpen && this.body === null && SAFE_METHODS.includes(this.parts.request.method!);
    this.send();
  }

  private send(): void {
    const { request, port, isLast } = this.parts;
    const asked = { method: request.method!, path: request.url!, headers: requestHeaders(request, port), body: this.body };
    // what is not said is left to undici, which closes behind HEAD: not every target knows that its answer has no body.
    this.connection.send(isLast ? { ...asked, reset: true } : asked, this);
  }

  /**
   * Whether a target closed a connection that it thought idle while the request
   * was on its way. It has not seen the request then, so sending it again is
   * not a second try.
   */
  private hasCrossed(error: Error & { readonly code?: string }): boolean {
    const isClosed = error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE';
    return this.mayCross && isClosed && performance.now() - this.sentAtMillis < CROSSING_MILLIS;
  }

  private sendAgain(): void {
    this.mayCross = false;
    this.send();
  }

  /** Gives the connection back, and the client an answer where it still waits for one. */
  private giveUp(statusCode: OwnStatus): void {
    const { response, target, count } = this.parts;
    this.isOver = true;
    target.connections.give(this.connection);
    // what was never sent would keep its client from sending more.
    this.body?.destroy();
    if (this.isAbandoned) return;
    count.ownAnswer(statusCode);
    answerItself(response, statusCode);
  }

  /** The client has not sent what it announced. */
  private refuse(): void {
    const { response, count } = this.parts;
    if (!response.headersSent) count.ownAnswer(408);
    answerItself(response, 408);
  }

  /** The client is gone, or has been answered already: what it asked for is no longer wanted. */
  private abandon(): void {
    if (this.isOver) return;
    const { response, count } = this.parts;
    this.isAbandoned = true;
    if (!response.headersSent) count.clientGone();
    this.abort();
  }

  private abort(): void {
    if (this.letGo === undefined) {
      this.controller?.abort(new Error('the client closed its connection'));
    } else {
      this.letGo();
      this.giveUp(502);
    }
  }
}

/** What the load balancer answers where its target did not. */
function statusOf(error: Error & { readonly code?: string }): OwnStatus {
  if (error.code === 'UND_ERR_INVALID_ARG') return 400;
  return isTimeout(error) ? 504 : 502;
}
