import { type IncomingMessage, request as sendRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { requestHeaders } from './forwarded-headers';
import type { LoadBalancerCount } from './load-balancer-counters';
import type { Target } from './target';

/** A request to speak another protocol, such as WebSocket, and the connection it came on. */
export interface UpgradeParts {
  readonly request: IncomingMessage;
  readonly client: Duplex;
  /** What the client sent behind its request. */
  readonly head: Buffer;
  readonly target: Target;
  readonly count: LoadBalancerCount;
  /** The port that the request came in on. */
  readonly port: number;
}

/** Asks a target to change the protocol. Where it does, both connections become one until either ends; else its refusal is passed on. */
export function startUpgrade(parts: UpgradeParts): void {
  const { request, client, target, count, port } = parts;
  count.request();
  const headers = [...requestHeaders(request, port), 'Connection', 'Upgrade', 'Upgrade', request.headers.upgrade!];
  const asked = sendRequest({
    host: '127.0.0.1',
    port: target.port,
    method: request.method,
    path: request.url,
    headers,
    agent: false,
  });
  asked.once('upgrade', (answer: IncomingMessage, server: Duplex, head: Buffer) => join(parts, answer, server, head));
  asked.once('response', (answer: IncomingMessage) => refuse(parts, answer));
  asked.once('error', () => fail(parts));
  client.once('close', () => asked.destroy());
  asked.end();
}

function join({ client, head, target }: UpgradeParts, answer: IncomingMessage, server: Duplex, serverHead: Buffer): void {
  client.write(`HTTP/1.1 101 ${answer.statusMessage}\r\n${headerLines(answer.rawHeaders)}\r\n`);
  client.write(serverHead);
  server.write(head);
  const leave = target.tunnels.enter(() => {
    client.destroy();
    server.destroy();
  });
  client.pipe(server).pipe(client);
  for (const end of [client, server]) end.once('error', leave).once('close', leave);
}

/** Whoever did not get the protocol it asked for begins anew. */
function refuse({ client, count }: UpgradeParts, answer: IncomingMessage): void {
  count.targetAnswer(answer.statusCode!);
  const kept = inPairs(answer.rawHeaders).filter(
    ([name]) => !['connection', 'transfer-encoding', 'keep-alive'].includes(name.toLowerCase()),
  );
  client.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${headerLines([...kept.flat(), 'Connection', 'close'])}\r\n`);
  answer.pipe(client);
}

function fail({ client, count }: UpgradeParts): void {
  if (client.destroyed) return;
  count.ownAnswer(502);
  client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
}

function headerLines(raw: readonly string[]): string {
  return inPairs(raw)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

function inPairs(raw: readonly string[]): [name: string, value: string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index]!, raw[2 * index + 1]!]);
}
