import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The headers that concern one connection only, and `expect`, which the load balancer handles itself. */
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

/** Request headers that the load balancer replaces. */
const REPLACED_BY_LOAD_BALANCER = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port'];

const DROPPED_FROM_REQUESTS = new Set([...HOP_BY_HOP, ...REPLACED_BY_LOAD_BALANCER]);
const DROPPED_FROM_RESPONSES = new Set(HOP_BY_HOP);

/** The headers that are sent to the target: names and values alternately, as in Node's `rawHeaders`. */
export function requestHeaders(request: IncomingMessage, port: number): string[] {
  const headers = withoutHeaders(withConnectionHeaders(request.headers.connection, DROPPED_FROM_REQUESTS), request.rawHeaders);
  const addresses = request.headers['x-forwarded-for'];
  const client = request.socket.remoteAddress ?? '';
  headers.push('X-Forwarded-For', addresses === undefined ? client : `${addresses}, ${client}`);
  headers.push('X-Forwarded-Proto', 'http', 'X-Forwarded-Port', String(port));
  if (request.headers['x-amzn-trace-id'] === undefined) headers.push('X-Amzn-Trace-Id', newTraceId());
  return headers;
}

/** The headers that are sent to the client: names and values alternately. */
export function responseHeaders(raw: readonly Buffer[]): string[] {
  const headers = raw.map((part) => part.toString('latin1'));
  return withoutHeaders(withConnectionHeaders(headerValue('connection', headers), DROPPED_FROM_RESPONSES), headers);
}

function headerValue(name: string, headers: readonly string[]): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    // comparing the length first is faster: most names differ in it.
    if (headers[index]!.length === name.length && headers[index]!.toLowerCase() === name) return headers[index + 1];
  }
  return undefined;
}

function withoutHeaders(dropped: ReadonlySet<string>, headers: readonly string[]): string[] {
  const forwarded: string[] = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (!dropped.has(headers[index]!.toLowerCase())) forwarded.push(headers[index]!, headers[index + 1]!);
  }
  return forwarded;
}

/** Adds the headers that a `Connection` header lists as hop-by-hop. */
function withConnectionHeaders(connection: string | undefined, dropped: ReadonlySet<string>): ReadonlySet<string> {
  if (connection === undefined || /^(keep-alive|close)$/i.test(connection)) return dropped;
  return new Set([...dropped, ...connection.toLowerCase().split(/\s*,\s*/)]);
}

/** `Root=1-<seconds since 1970>-<24 hexadecimal digits>`, as AWS X-Ray reads it. */
function newTraceId(): string {
  const epochSeconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${epochSeconds}-${randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
