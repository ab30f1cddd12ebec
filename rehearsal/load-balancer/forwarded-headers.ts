import { randomBytes } from 'node:crypto';
import { HeaderNames, headerValue, type RequestHead, type ResponseHead } from '../http/message-head';
import { httpDate } from './http-date';

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

const DROPPED_FROM_REQUESTS = new HeaderNames([...HOP_BY_HOP, ...REPLACED_BY_LOAD_BALANCER]);
const DROPPED_FROM_RESPONSES = new HeaderNames(HOP_BY_HOP);

/**
 * The headers that are sent to the target, each with its line end; without those that say where the body ends.
 *
 * @param port the port that the request came in on.
 */
export function requestHeaders({ rawHeaders }: Pick<RequestHead, 'rawHeaders'>, clientAddress: string, port: number): string {
  const dropped = withConnectionHeaders(rawHeaders, DROPPED_FROM_REQUESTS);
  const addresses = headerValue(rawHeaders, 'x-forwarded-for');
  const forwardedFor = addresses === undefined ? clientAddress : `${addresses}, ${clientAddress}`;
  const traceId = headerValue(rawHeaders, 'x-amzn-trace-id') === undefined ? traceHeader() : '';
  return `${headersWithout(dropped, rawHeaders)}${forwardedHeaders(forwardedFor, port)}${traceId}`;
}

/** The headers that a load balancer adds to a request of a client without any of them, each with its line end. */
export function addedHeaders(clientAddress: string, port: number): string {
  return `${forwardedHeaders(clientAddress, port)}${traceHeader()}`;
}

function forwardedHeaders(forwardedFor: string, port: number): string {
  return `X-Forwarded-For: ${forwardedFor}\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Port: ${port}\r\n`;
}

function traceHeader(): string {
  return `X-Amzn-Trace-Id: ${newTraceId()}\r\n`;
}

/** The headers that are sent to the client, each with its line end; without those that concern its connection. */
export function responseHeaders({ rawHeaders }: Pick<ResponseHead, 'rawHeaders'>): string {
  const forwarded = headersWithout(withConnectionHeaders(rawHeaders, DROPPED_FROM_RESPONSES), rawHeaders);
  return headerValue(rawHeaders, 'date') === undefined ? `${forwarded}Date: ${httpDate()}\r\n` : forwarded;
}

function headersWithout(dropped: HeaderNames, headers: readonly string[]): string {
  let forwarded = '';
  for (let index = 0; index < headers.length; index += 2) {
    if (!dropped.has(headers[index]!)) forwarded += `${headers[index]}: ${headers[index + 1]}\r\n`;
  }
  return forwarded;
}

/** Headers that are passed on even if a `Connection` header lists them: without them, the target takes the body for the next request. */
const NEVER_HOP_BY_HOP = ['content-length', 'host'];

/** Adds the headers that a `Connection` header lists as hop-by-hop. */
function withConnectionHeaders(headers: readonly string[], dropped: HeaderNames): HeaderNames {
  const connection = headerValue(headers, 'connection');
  if (connection === undefined || /^(keep-alive|close)$/i.test(connection)) return dropped;
  const listed = connection.toLowerCase().split(/\s*,\s*/);
  return new HeaderNames([...dropped.names, ...listed.filter((name) => !NEVER_HOP_BY_HOP.includes(name))]);
}

/** The digits of trace ids that are those of this process, and those that count its requests. */
const PROCESS_DIGITS = randomBytes(6).toString('hex');
const COUNTER_DIGITS = 12;
let traceCount = 0;

/** `Root=1-<seconds since 1970>-<24 hexadecimal digits>`, as AWS X-Ray reads it. */
function newTraceId(): string {
  traceCount += 1;
  const epochSeconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${epochSeconds}-${PROCESS_DIGITS}${traceCount.toString(16).padStart(COUNTER_DIGITS, '0')}`;
}
