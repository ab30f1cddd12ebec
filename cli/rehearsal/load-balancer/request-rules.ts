import type { IncomingMessage } from 'node:http';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas */
const LONGEST_LINE_BYTES = 16 * 1024;
const LONGEST_HEADER_BYTES = 16 * 1024;

/** All headers of a request together. */
export const MOST_HEADER_BYTES = 64 * 1024;

/** Addresses in X-Forwarded-For; what has come a longer way may be going round in circles. */
const MOST_FORWARDERS = 30;

/** Statuses that a request is refused with. */
export type RefusalStatus = 400 | 405 | 414 | 463;

/** Names that other servers may take for one of the two headers which say where a request ends. */
const LOOKS_LIKE_FRAMING = /^[^a-z]*(?:content[^a-z]*length|transfer[^a-z]*encoding)[^a-z]*$/;
const SHORTEST_FRAMING_NAME = 'contentlength'.length;

/** What is wrong with a request that could be read, as the status that it is refused with; undefined where it is in order. */
export function refusalOf(request: IncomingMessage): RefusalStatus | undefined {
  const { method, url, headers, rawHeaders } = request;
  if (method === 'TRACE') return 405;
  if (method!.length + url!.length > LONGEST_LINE_BYTES) return 414;
  if (areTooLong(rawHeaders) || !hasOneHost(request)) return 400;
  const forwarders = headers['x-forwarded-for'] as string | undefined;
  if (forwarders !== undefined && forwarders.split(',').length > MOST_FORWARDERS) return 463;
  // of the codings that a body may come in, the load balancer undoes this one only.
  const encoding = headers['transfer-encoding'];
  return encoding === undefined || encoding.toLowerCase() === 'chunked' ? undefined : 400;
}

/** The same for a request to change the protocol: behind it there can be no body, for what follows is in the other protocol already. */
export function refusalOfUpgrade(request: IncomingMessage): RefusalStatus | undefined {
  return hasBody(request) ? 400 : refusalOf(request);
}

/**
 * Whether servers differ about where a request ends. It is served, but neither its client's nor its target's connection
 * carries another one, so that whatever was hidden in it reaches nobody.
 *
 * https://github.com/aws/http-desync-guardian/blob/main/docs/README.md
 */
export function isAmbiguous(request: IncomingMessage): boolean {
  const { method, rawHeaders } = request;
  if ((method === 'GET' || method === 'HEAD') && hasBody(request)) return true;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length >= SHORTEST_FRAMING_NAME && isDisguised(name.toLowerCase())) return true;
  }
  return false;
}

/** Whether a request has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isDisguised(name: string): boolean {
  return LOOKS_LIKE_FRAMING.test(name) && name !== 'content-length' && name !== 'transfer-encoding';
}

function areTooLong(rawHeaders: readonly string[]): boolean {
  let total = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const length = rawHeaders[index]!.length + rawHeaders[index + 1]!.length;
    if (length > LONGEST_HEADER_BYTES) return true;
    total += length;
  }
  return total > MOST_HEADER_BYTES;
}

/** HTTP/1.1 asks for one, before it none was needed; with two, a target may take the other. */
function hasOneHost({ rawHeaders, httpVersionMinor }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && httpVersionMinor === 0);
}
