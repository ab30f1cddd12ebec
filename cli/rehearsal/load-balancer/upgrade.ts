import { type ClientRequest, type IncomingMessage, request as sendRequest } from 'node:http';
import type { Socket } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import type { Cancel } from '../../../src/time/time';
import { requestHeaders } from './forwarded-headers';
import type { LoadBalancerCount } from './load-balancer-counters';
import { type OwnStatus, ownAnswerText } from './own-answer';
import type { Target } from './target';
import type { Visit } from './visit';

/** A client that asks for another protocol, and what is written down of it. */
interface Asking {
  readonly client: Duplex;
  readonly count: LoadBalancerCount;
  readonly visit: Visit;
}

/** A request to speak another protocol, such as WebSocket, and the connection it came on. */
export interface UpgradeParts extends Asking {
  readonly request: IncomingMessage;
  /** What the client sent behind its request. */
  readonly head: Buffer;
  readonly target: Target;
  /** The port that the request came in on. */
  readonly port: number;
  /** How much longer than its target needs the request shall take, since something behind the target is slow. */
  readonly addedMillis: number;
}

/** What a client may say before it knows in which protocol. */
const MOST_EARLY_BYTES = 64 * 1024;

/** Answers in the load balancer's own name, and closes the connection. */
export function answerUpgradeItself({ client, count, visit }: Asking, statusCode: OwnStatus): void {
  count.ownAnswer(statusCode);
  visit.end(statusCode);
  client.end(ownAnswerText(statusCode), () => client.destroy());
}

/**
 * A target that is asked to change the protocol.
 *
 * Where it does, both connections become one until either ends; else its refusal is passed on.
 */
export class Upgrade {
  private isDecided = false;
  /** Whether the target's words go to the client, so that it must not outlive them. */
  private isAnswering = false;
  private asked?: ClientRequest;
  private server?: Socket;
  /** What the client has said since its request. */
  private early: Buffer;
  private letGo: Cancel = () => {};
  /** Ends both sides, unless they have ended before. */
  private readonly leave: Cancel;

  private constructor(private readonly parts: UpgradeParts) {
    this.early = parts.head;
    this.leave = parts.target.tunnels.enter(() => this.end());
  }

  public static start(parts: UpgradeParts): void {
    parts.count.request();
    const upgrade = new Upgrade(parts);
    upgrade.watchClient();
    upgrade.begin();
  }

  /** Only who listens to a client notices that it goes. */
  private watchClient(): void {
    const { client } = this.parts;
    client.once('close', this.leave).on('data', this.keep);
    client.once('end', () => {
      if (!this.isDecided) client.destroy();
    });
  }

  private readonly keep = (chunk: Buffer): void => {
    this.early = Buffer.concat([this.early, chunk]);
    if (this.early.length > MOST_EARLY_BYTES) this.parts.client.pause();
  };

  private begin(): void {
    const { target, addedMillis } = this.parts;
    if (addedMillis === 0) this.ask();
    else this.letGo = target.held.hold(addedMillis, (how) => (how === 'released' ? this.ask() : this.fail(504)));
  }

  private ask(): void {
    const { request, target, port } = this.parts;
    const asked = sendRequest({
      host: '127.0.0.1',
      port: target.port,
      method: request.method,
      path: request.url,
      headers: [...requestHeaders(request, port), 'Connection', 'Upgrade', 'Upgrade', request.headers.upgrade!],
      agent: false,
      timeout: target.silenceMillis,
    });
    this.asked = asked;
    asked.once('upgrade', (answer: IncomingMessage, server: Socket, head: Buffer) => this.join(answer, server, head));
    asked.once('response', (answer: IncomingMessage) => this.refuse(answer));
    asked.on('error', () => this.fail(502));
    asked.once('timeout', () => this.fail(504));
    asked.end();
  }

  private join(answer: IncomingMessage, server: Socket, serverHead: Buffer): void {
    const { client, target, visit } = this.parts;
    this.isDecided = true;
    this.isAnswering = true;
    this.server = server;
    visit.end(101);
    client.write(`HTTP/1.1 101 ${answer.statusMessage}\r\n${headerLines(answer.rawHeaders)}\r\n`);
    client.write(serverHead);
    client.off('data', this.keep);
    server.write(this.early);
    client.pipe(server).pipe(client);
    for (const side of [client, server]) side.once('error', this.leave).once('close', this.leave);
    // from now on it is idle when nothing is said either way; all of it passes this side.
    server.removeAllListeners('timeout').setTimeout(target.silenceMillis, this.leave);
  }

  /** Whoever did not get the protocol it asked for begins anew. */
  private refuse(answer: IncomingMessage): void {
    const { client, count, visit } = this.parts;
    this.isDecided = true;
    this.isAnswering = true;
    count.targetAnswer(answer.statusCode!);
    const kept = inPairs(answer.rawHeaders).filter(
      ([name]) => !['connection', 'transfer-encoding', 'keep-alive'].includes(name.toLowerCase()),
    );
    client.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${headerLines([...kept.flat(), 'Connection', 'close'])}\r\n`);
    pipeline(answer, client, (error) => {
      visit.end(error ? 0 : answer.statusCode!);
      client.destroy();
    });
  }

  private fail(statusCode: OwnStatus): void {
    if (this.isDecided) return;
    this.isDecided = true;
    answerUpgradeItself(this.parts, statusCode);
    this.asked?.destroy();
  }

  private end(): void {
    const { client, count, visit } = this.parts;
    this.letGo();
    if (!this.isDecided && client.destroyed) {
      this.isDecided = true;
      count.clientGone();
      visit.end(0);
    }
    this.fail(502);
    this.asked?.destroy();
    this.server?.destroy();
    if (this.isAnswering) client.destroy();
  }
}

function headerLines(raw: readonly string[]): string {
  return inPairs(raw)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

function inPairs(raw: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index]!, raw[2 * index + 1]!]);
}
