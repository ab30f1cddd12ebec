import { hasHeader, type RequestHead, type ResponseHead } from '../http/message-head';
import type { BodyFraming } from './client-request';

const NO_CONTENT = 204;
const NOT_MODIFIED = 304;

/** How the client of a request knows where the body of the target's response ends. */
export function framingOf({ method, minorVersion }: RequestHead, { statusCode, rawHeaders }: ResponseHead): BodyFraming {
  if (method === 'HEAD' || statusCode === NO_CONTENT || statusCode === NOT_MODIFIED) return 'none';
  if (hasHeader(rawHeaders, 'content-length')) return 'length';
  // HTTP/1.0 has no chunks.
  return minorVersion === 1 ? 'chunked' : 'close';
}
