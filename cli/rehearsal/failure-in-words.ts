/** Why a request got no answer, in the words of its user. */
export function failureInWords(error: Error & { readonly code?: unknown }, timeoutSeconds: number): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection reset';
    case 'UND_ERR_SOCKET':
      return 'connection closed before the answer was complete';
    case 'UND_ERR_DESTROYED':
      return 'given up before the answer was complete';
    default:
      return isTimeout(error) ? `no answer within ${timeoutSeconds} s` : error.message;
  }
}

/** Whether a request failed because nothing came for too long. */
export function isTimeout(error: Error & { readonly code?: unknown }): boolean {
  return error.name === 'TimeoutError' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(String(error.code));
}
