import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Cancel } from '../../../src/time/time';
import type { Connection } from '../connections';
import { isTimeout } from '../failure-in-words';
import { answerHeaders, requestHeaders } from './forwarded-headers';
import type { HeldEnd } from './held-requests';
import type { LoadBalancerCount } from './load-balancer-counters';
import { answerItself } from './own-answer';
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
  private isAbandoned = false;
  /** Where the request is held: ends that, and nothing comes of it. */
  private letGo?: Cancel;

  private constructor(private readonly parts: ExchangeParts) {
    const { request, target } = parts;
    this.connection = target.connections.take();
    this.body = bodyOf(request);
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
    if (this.isAbandoned) this.abandon();
  }

  public onResponseStart(controller: Dispatcher.DispatchController, statusCode: number, _headers: unknown, reason?: string): void {
    this.mayCross = false;
    // an early hint is between a target and its load balancer.
    if (statusCode < 200) return;
    this.parts.count.responseTime((performance.now() - this.sentAtMillis + this.parts.addedMillis) / 1000);
    this.parts.response.writeHead(statusCode, reason, answerHeaders(controller.rawHeaders as Buffer[]));
  }

  public onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.parts.response.write(chunk)) return;
    controller.pause();
    this.parts.response.once('drain', () => controller.resume());
  }

  public onResponseEnd(): void {
    const { response, target, count } = this.parts;
    response.end();
    count.targetAnswer(response.statusCode);
    target.connections.give(this.connection);
  }

  public onResponseError(_controller: unknown, error: Error): void {
    if (this.hasCrossed(error)) this.sendAgain();
    else this.fail(error);
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
    const { request, port } = this.parts;
    this.connection.send({ method: request.method!, path: request.url!, headers: requestHeaders(request, port), body: this.body }, this);
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

  private fail(error: Error & { readonly code?: string }): void {
    this.giveUp(statusOf(error));
  }

  /** Gives the connection back, and the client an answer where it still waits for one. */
  private giveUp(statusCode: 400 | 502 | 504): void {
    const { response, target, count } = this.parts;
    target.connections.give(this.connection);
    // what was never sent would keep its client from sending more.
    this.body?.destroy();
    if (this.isAbandoned) return;
    count.ownAnswer(statusCode);
    answerItself(response, statusCode);
  }

  /** The client is gone: what it asked for is no longer wanted. */
  private abandon(): void {
    if (this.parts.response.writableFinished) return;
    this.isAbandoned = true;
    this.controller?.abort(new Error('the client closed its connection'));
    if (this.letGo === undefined) return;
    this.letGo();
    this.giveUp(502);
  }
}

/**
 * The body of a request, or null where it has none. It passes through a stream
 * of its own: undici destroys the body of a request that fails, and with it
 * would go the connection that the client waits on for its answer.
 */
function bodyOf(request: IncomingMessage): Readable | null {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && Number(length) === 0) return null;
  // what a target did not wait for is read to its end, or the client's next request would never be.
  return request.pipe(new PassThrough()).once('close', () => request.resume());
}

/** What the load balancer answers where its target did not. */
function statusOf(error: Error & { readonly code?: string }): 400 | 502 | 504 {
  if (error.code === 'UND_ERR_INVALID_ARG') return 400;
  return isTimeout(error) ? 504 : 502;
}
