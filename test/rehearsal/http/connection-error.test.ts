import { expect, test } from 'vitest';
import { ConnectionError, formatFailure, isTimeout } from '../../../rehearsal/http/connection-error';

test.each([
  [{ code: 'ECONNREFUSED' }, 'connection refused', false],
  [{ code: 'ECONNRESET' }, 'connection reset', false],
  [{ code: 'EPIPE' }, 'connection reset', false],
  [new ConnectionError('CLOSED'), 'connection closed before the response was complete', false],
  [new ConnectionError('ABORTED'), 'aborted before the response was complete', false],
  [new ConnectionError('MALFORMED'), 'the response is not valid HTTP/1.1', false],
  [new ConnectionError('TIMEOUT'), 'no response within 5 s', true],
  [{ code: 'UND_ERR_SOCKET' }, 'connection closed before the response was complete', false],
  [{ code: 'UND_ERR_DESTROYED' }, 'aborted before the response was complete', false],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'no response within 5 s', true],
  [{ code: 'UND_ERR_HEADERS_TIMEOUT' }, 'no response within 5 s', true],
  [{ code: 'UND_ERR_BODY_TIMEOUT' }, 'no response within 5 s', true],
  [{ name: 'TimeoutError', code: 23 }, 'no response within 5 s', true],
  [{ code: 'EMFILE' }, 'too many open files', false],
])('formats %o as "%s"', (properties, text, timedOut) => {
  const error = properties instanceof Error ? properties : Object.assign(new Error('too many open files'), properties);
  expect(formatFailure(error, 5)).toBe(text);
  expect(isTimeout(error)).toBe(timedOut);
});
