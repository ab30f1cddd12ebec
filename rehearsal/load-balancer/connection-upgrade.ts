import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { Cancel } from '../../src/time/clock';
import { headerValue, type RequestHead } from '../http/message-head';
import type { TrackedRequest } from '../request-log/request-log';
import { requestHeaders, responseHeaders } from './forwarded-headers';
import { type GeneratedStatus, generatedResponseText } from './generated-response';
import type { LoadBalancerMetrics } from './load-balancer-metrics';
import type { Target } from './target';

/** The connection of a client that requests another protocol, and what counts its request. */
interface UpgradeClient {
  readonly client: Socket;
  readonly metrics: LoadBalancerMetrics;
  readonly trackedRequest: TrackedRequest;
}

/** A request to upgrade a connection to another protocol, such as WebSocket. */
export interface UpgradeParts extends UpgradeClient {
  readonly request: RequestHead;
  /** The first bytes that the client sent after its request. */
  readonly head: Buffer;
  readonly target: Target;
  /** The port that the request came in on. */
  readonly port: number;
  /** The delay by a slow dependency, added to the time that the target needs. */
  readonly addedDelayMillis: number;
}

/** If a client has sent more before the target accepts the upgrade, reading from the client is paused. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/** Sends a response that the load balancer generates, and closes the connection. */
export function sendGeneratedUpgradeResponse({ client, metrics, trackedRequest }: UpgradeClient, statusCode: GeneratedStatus): void {
  metrics.countGeneratedResponse(statusCode);
  trackedRequest.end(statusCode);
  client.end(generatedResponseText(statusCode), () => client.destroy());
}

/**
 * The upgrade of a connection to another protocol.
 *
 * If the target accepts it, data is forwarded in both directions until either side closes; otherwise its response is forwarded.
 */
export class Upgrade {
  /** Whether a response to the client has begun, so that no other response can be sent. */
  private isResponseStarted = false;
  /** Whether the target's data is forwarded to the client, whose connection then has to close with the target's. */
  private isForwarding = false;
  private targetRequest?: ClientRequest;
  private targetSocket?: Socket;
  /** What the client has sent after its request. It is sent to the target once that accepts the upgrade. */
  private bufferedBytes: Buffer;
  private cancelDelay: Cancel = () => {};
  /** Closes both sides, unless that was done before. */
  private readonly close: () => void;

  private constructor(private readonly parts: UpgradeParts) {
    this.bufferedBytes = parts.head;
    this.close = parts.target.tunnels.add(() => this.closeBoth());
  }

  public static start(parts: UpgradeParts): void {
    parts.metrics.countRequest();
    const upgrade = new Upgrade(parts);
    upgrade.readFromClient();
    upgrade.sendAfterDelay();
  }

  /** Buffers what the client sends. Without reading, the end of its connection would not be noticed. */
  private readFromClient(): void {
    const { client } = this.parts;
    client.once('close', this.close).on('data', this.bufferBytes);
    client.once('end', () => {
      if (!this.isResponseStarted) client.destroy();
    });
  }

  private readonly bufferBytes = (chunk: Buffer): void => {
    this.bufferedBytes = Buffer.concat([this.bufferedBytes, chunk]);
    if (this.bufferedBytes.length > MAX_BUFFERED_BYTES) this.parts.client.pause();
  };

  private sendAfterDelay(): void {
    const { target, addedDelayMillis } = this.parts;
    if (addedDelayMillis === 0) this.sendRequest();
    else
      this.cancelDelay = target.delayedRequests.delay(addedDelayMillis, (result) =>
        result === 'released' ? this.sendRequest() : this.fail(504),
      );
  }

  private sendRequest(): void {
    const { request: incoming, client, target, port } = this.parts;
    const headers = requestHeaders(incoming, client.remoteAddress ?? '', port);
    const sent = request({
      host: '127.0.0.1',
      port: target.port,
      method: incoming.method,
      path: incoming.url,
      headers: [...namesAndValues(headers), 'Connection', 'Upgrade', 'Upgrade', headerValue(incoming.rawHeaders, 'upgrade')!],
      agent: false,
      timeout: target.idleTimeoutMillis,
    });
    this.targetRequest = sent;
    sent.once('upgrade', (response: IncomingMessage, socket: Socket, head: Buffer) => this.joinSockets(response, socket, head));
    sent.once('response', (response: IncomingMessage) => this.forwardResponse(response));
    sent.on('error', () => this.fail(502));
    sent.once('timeout', () => this.fail(504));
    sent.end();
  }

  private joinSockets(response: IncomingMessage, targetSocket: Socket, targetHead: Buffer): void {
    const { client, target, trackedRequest } = this.parts;
    this.isResponseStarted = true;
    this.isForwarding = true;
    this.targetSocket = targetSocket;
    trackedRequest.end(101);
    client.write(`HTTP/1.1 101 ${response.statusMessage}\r\n${headerLines(response.rawHeaders)}\r\n`, 'latin1');
    client.write(targetHead);
    client.off('data', this.bufferBytes);
    targetSocket.write(this.bufferedBytes);
    client.pipe(targetSocket).pipe(client);
    for (const side of [client, targetSocket]) side.once('error', this.close).once('close', this.close);
    // from now on, the idle timeout applies to both directions, since both pass this socket.
    targetSocket.removeAllListeners('timeout').setTimeout(target.idleTimeoutMillis, this.close);
  }

  /** Forwards a response without an upgrade to the client, and closes the connection. */
  private forwardResponse(response: IncomingMessage): void {
    const { client, metrics, trackedRequest } = this.parts;
    const statusCode = response.statusCode!;
    if (statusCode < 100 || statusCode > 599) {
      this.fail(502);
      return;
    }
    this.isResponseStarted = true;
    this.isForwarding = true;
    metrics.countTargetResponse(statusCode);
    client.write(`HTTP/1.1 ${statusCode} ${response.statusMessage}\r\n${responseHeaders(response)}Connection: close\r\n\r\n`, 'latin1');
    pipeline(response, client, (error) => {
      trackedRequest.end(error ? 0 : statusCode);
      client.destroy();
    });
  }

  private fail(statusCode: GeneratedStatus): void {
    if (this.isResponseStarted) return;
    this.isResponseStarted = true;
    sendGeneratedUpgradeResponse(this.parts, statusCode);
    this.targetRequest?.destroy();
  }

  private closeBoth(): void {
    const { client, metrics, trackedRequest } = this.parts;
    this.cancelDelay();
    if (!this.isResponseStarted && client.destroyed) {
      this.isResponseStarted = true;
      metrics.countClientAbort();
      trackedRequest.end(0);
    }
    this.fail(502);
    this.targetRequest?.destroy();
    this.targetSocket?.destroy();
    if (this.isForwarding) client.destroy();
  }
}

/** @param raw names and values alternately, as in Node's `rawHeaders`. */
function headerLines(raw: readonly string[]): string {
  return raw.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
}

/** Names and values alternately. */
function namesAndValues(headers: string): string[] {
  return headers.split('\r\n').flatMap((line) => {
    const separator = line.indexOf(': ');
    return separator < 0 ? [] : [line.slice(0, separator), line.slice(separator + 2)];
  });
}
