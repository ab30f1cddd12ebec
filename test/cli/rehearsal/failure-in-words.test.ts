import { expect, test } from 'vitest';
import { failureInWords, isTimeout } from '../../../cli/rehearsal/failure-in-words';

test.each([
  [{ code: 'ECONNREFUSED' }, 'connection refused', false],
  [{ code: 'ECONNRESET' }, 'connection reset', false],
  [{ code: 'EPIPE' }, 'connection reset', false],
  [{ code: 'UND_ERR_SOCKET' }, 'connection closed before the answer was complete', false],
  [{ code: 'UND_ERR_DESTROYED' }, 'given up before the answer was complete', false],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'no answer within 5 s', true],
  [{ code: 'UND_ERR_HEADERS_TIMEOUT' }, 'no answer within 5 s', true],
  [{ code: 'UND_ERR_BODY_TIMEOUT' }, 'no answer within 5 s', true],
  [{ name: 'TimeoutError', code: 23 }, 'no answer within 5 s', true],
  [{ code: 'EMFILE' }, 'too many open files', false],
])('tells %o as "%s"', (properties, words, timedOut) => {
  const error = Object.assign(new Error('too many open files'), properties);
  expect(failureInWords(error, 5)).toBe(words);
  expect(isTimeout(error)).toBe(timedOut);
});
