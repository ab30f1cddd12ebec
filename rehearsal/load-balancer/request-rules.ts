import { hasHeader, headerValue, type RequestHead } from '../http/message-head';

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
export function rejectionStatusOf(request: RequestHead): RejectionStatus | undefined {
  const { method, url, rawHeaders } = request;
  if (method === 'TRACE') return 405;
  if (method.length + url.length > MAX_REQUEST_LINE_BYTES) return 414;
  if (!isPathOrUrl(url) || areHeadersTooLong(rawHeaders) || !hasOneHost(request)) return 400;
  const forwardedFor = headerValue(rawHeaders, 'x-forwarded-for');
  if (forwardedFor !== undefined && forwardedFor.split(',').length > MAX_FORWARDED_ADDRESSES) return 463;
  const encoding = headerValue(rawHeaders, 'transfer-encoding');
  return encoding === undefined || isSupportedEncoding(encoding, request) ? undefined : 400;
}

/** `chunked` is the only transfer coding that the load balancer supports, and HTTP/1.0 has none. */
function isSupportedEncoding(encoding: string, { minorVersion }: RequestHead): boolean {
  return encoding.toLowerCase() === 'chunked' && minorVersion === 1;
}

/** `OPTIONS *` is about the load balancer itself, and is not forwarded. */
function isPathOrUrl(url: string): boolean {
  return url.startsWith('/') || /^https?:\/\//i.test(url);
}

/** The same for an upgrade request, which must not have a body: what follows it is in the other protocol. */
export function upgradeRejectionStatusOf(request: RequestHead): RejectionStatus | undefined {
  return hasBody(request) ? 400 : rejectionStatusOf(request);
}

/**
 * Whether a request is ambiguous: servers may differ about where it ends. It is served, but neither the client's nor the target's
 * connection is used for another request, so that a smuggled request is dropped.
 *
 * https://github.com/aws/http-desync-guardian/blob/main/docs/README.md
 */
export function isAmbiguous(request: RequestHead): boolean {
  const { method, rawHeaders } = request;
  if ((method === 'GET' || method === 'HEAD') && hasBody(request)) return true;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length >= MIN_FRAMING_NAME_LENGTH && isDisguisedFramingName(name.toLowerCase())) return true;
  }
  return false;
}

/** Whether a request has a body. */
export function hasBody({ rawHeaders }: RequestHead): boolean {
  return hasHeader(rawHeaders, 'transfer-encoding') || Number(headerValue(rawHeaders, 'content-length') ?? 0) > 0;
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
function hasOneHost({ rawHeaders, minorVersion }: RequestHead): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && minorVersion === 0);
}
