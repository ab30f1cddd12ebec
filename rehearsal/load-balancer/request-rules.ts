import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas */
const MAX_REQUEST_LINE_BYTES = 16 * 1024;
const MAX_SINGLE_HEADER_BYTES = 16 * 1024;

/** All headers of a request together. */
export const MAX_ALL_HEADERS_BYTES = 64 * 1024;

/** The maximum number of addresses in X-Forwarded-For. More suggest that the request is forwarded in a loop. */
const MAX_FORWARDED_ADDRESSES = 30;

/** The status codes of rejected requests. */
export type RejectionStatus = 400 | 405 | 414 | 463;

/** Header names that another server may read as Content-Length or Transfer-Encoding, the two headers that define where a request ends. */
const DISGUISED_FRAMING_NAME = /^[^a-z]*(?:content[^a-z]*length|transfer[^a-z]*encoding)[^a-z]*$/;
const MIN_FRAMING_NAME_LENGTH = 'contentlength'.length;

/** The status code with which a parsed request is rejected; undefined if it is accepted. */
export function rejectionStatusOf(request: IncomingMessage): RejectionStatus | undefined {
  const { method, url, headers, rawHeaders } = request;
  if (method === 'TRACE') return 405;
  if (method!.length + url!.length > MAX_REQUEST_LINE_BYTES) return 414;
  if (areHeadersTooLong(rawHeaders) || !hasOneHost(request)) return 400;
  const forwardedFor = headers['x-forwarded-for'] as string | undefined;
  if (forwardedFor !== undefined && forwardedFor.split(',').length > MAX_FORWARDED_ADDRESSES) return 463;
  // `chunked` is the only transfer coding that the load balancer supports.
  const encoding = headers['transfer-encoding'];
  return encoding === undefined || encoding.toLowerCase() === 'chunked' ? undefined : 400;
}

/** The same for an upgrade request, which must not have a body: what follows it is in the other protocol. */
export function upgradeRejectionStatusOf(request: IncomingMessage): RejectionStatus | undefined {
  return hasBody(request) ? 400 : rejectionStatusOf(request);
}

/**
 * Whether a request is ambiguous: servers may differ about where it ends. It is served, but neither the client's nor the target's
 * connection is used for another request, so that a smuggled request is dropped.
 *
 * https://github.com/aws/http-desync-guardian/blob/main/docs/README.md
 */
export function isAmbiguous(request: IncomingMessage): boolean {
  const { method, rawHeaders } = request;
  if ((method === 'GET' || method === 'HEAD') && hasBody(request)) return true;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length >= MIN_FRAMING_NAME_LENGTH && isDisguisedFramingName(name.toLowerCase())) return true;
  }
  return false;
}

/** Whether a request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isDisguisedFramingName(name: string): boolean {
  return DISGUISED_FRAMING_NAME.test(name) && name !== 'content-length' && name !== 'transfer-encoding';
}

function areHeadersTooLong(rawHeaders: readonly string[]): boolean {
  let total = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const length = rawHeaders[index]!.length + rawHeaders[index + 1]!.length;
    if (length > MAX_SINGLE_HEADER_BYTES) return true;
    total += length;
  }
  return total > MAX_ALL_HEADERS_BYTES;
}

/** HTTP/1.1 requires one Host header, HTTP/1.0 none. With two, the target may use another one than the load balancer. */
function hasOneHost({ rawHeaders, httpVersionMinor }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && httpVersionMinor === 0);
}

/**
 * The body of a request, or null if it has none.
 *
 * The body is piped through another stream: undici destroys the body of a failed request, and destroying the client's own stream
 * would close the connection that the response is sent on.
 *
 * @param onIdle called when the client sends nothing for the idle timeout.
 */
export function bodyOf(request: IncomingMessage, idleTimeoutMillis: number, onIdle: () => void): Readable | null {
  if (!hasBody(request)) return null;
  startIdleTimer(request, idleTimeoutMillis, onIdle);
  // a body that the target did not read is read to its end: the client's next request comes after it.
  return request.pipe(new PassThrough()).once('close', () => request.resume());
}

function startIdleTimer(request: IncomingMessage, idleTimeoutMillis: number, onIdle: () => void): void {
  const check = (): void => {
    // while the target does not read, the client cannot send.
    if (request.isPaused()) timer.refresh();
    else onIdle();
  };
  const timer = setTimeout(check, idleTimeoutMillis);
  request.on('data', () => timer.refresh());
  for (const end of ['end', 'close']) request.once(end, () => clearTimeout(timer));
}
