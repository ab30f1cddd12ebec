/** Why a connection ended without a complete response. */
export type ConnectionErrorCode = 'CLOSED' | 'ABORTED' | 'TIMEOUT' | 'MALFORMED';

const MESSAGES: Readonly<Record<ConnectionErrorCode, string>> = {
  CLOSED: 'connection closed before the response was complete',
  ABORTED: 'aborted before the response was complete',
  TIMEOUT: 'no response in time',
  MALFORMED: 'the response is not valid HTTP/1.1',
};

/** A connection that ended without a complete response; what the system reports, such as ECONNREFUSED, is an error of its own. */
export class ConnectionError extends Error {
  public constructor(public readonly code: ConnectionErrorCode) {
    super(MESSAGES[code]);
  }
}

/** Why a request got no complete response. */
export function formatFailure(error: Error & { readonly code?: unknown }, timeoutSeconds: number): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection reset';
    case 'UND_ERR_SOCKET':
      return MESSAGES.CLOSED;
    case 'UND_ERR_DESTROYED':
      return MESSAGES.ABORTED;
    default:
      return isTimeout(error) ? `no response within ${timeoutSeconds} s` : error.message;
  }
}

/** Whether a request failed by a timeout, here or in undici. */
export function isTimeout(error: Error & { readonly code?: unknown }): boolean {
  return error.name === 'TimeoutError' || error.code === 'TIMEOUT' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(String(error.code));
}
