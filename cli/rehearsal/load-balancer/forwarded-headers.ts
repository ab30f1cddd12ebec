import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Headers that speak of one connection and not of the request, and `expect`, which the load balancer has answered itself. */
const HOP_BY_HOP = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Headers of a request that the load balancer writes anew. */
const REPLACED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port'];

const DROPPED_FROM_REQUESTS = new Set([...HOP_BY_HOP, ...REPLACED]);
const DROPPED_FROM_ANSWERS = new Set(HOP_BY_HOP);

/** The headers of a client's request as its target gets them: names and values in turn. */
export function requestHeaders(request: IncomingMessage, port: number): string[] {
  const headers = without(namedBy(request.headers.connection, DROPPED_FROM_REQUESTS), request.rawHeaders);
  const before = request.headers['x-forwarded-for'];
  const client = request.socket.remoteAddress ?? '';
  headers.push('X-Forwarded-For', before === undefined ? client : `${before}, ${client}`);
  headers.push('X-Forwarded-Proto', 'http', 'X-Forwarded-Port', String(port));
  if (request.headers['x-amzn-trace-id'] === undefined) headers.push('X-Amzn-Trace-Id', newTraceId());
  return headers;
}

/** The headers of a target's answer as the client gets them: names and values in turn. */
export function answerHeaders(raw: readonly Buffer[]): string[] {
  const headers = raw.map((part) => part.toString('latin1'));
  return without(namedBy(headerValue('connection', headers), DROPPED_FROM_ANSWERS), headers);
}

function headerValue(name: string, headers: readonly string[]): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    // most names differ in length already.
    if (headers[index]!.length === name.length && headers[index]!.toLowerCase() === name) return headers[index + 1];
  }
  return undefined;
}

function without(dropped: ReadonlySet<string>, headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (!dropped.has(headers[index]!.toLowerCase())) kept.push(headers[index]!, headers[index + 1]!);
  }
  return kept;
}

/** A `Connection` header may name further headers that are meant for one connection only. */
function namedBy(connection: string | undefined, dropped: ReadonlySet<string>): ReadonlySet<string> {
  if (connection === undefined || /^(keep-alive|close)$/i.test(connection)) return dropped;
  return new Set([...dropped, ...connection.toLowerCase().split(/\s*,\s*/)]);
}

/** `Root=1-<seconds since 1970>-<24 hexadecimal digits>`, as AWS X-Ray reads it. */
function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
