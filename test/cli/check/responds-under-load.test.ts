import { expect, test } from 'vitest';
import type { CheckStatus } from '../../../cli/check/check-result';
import { assessResponses } from '../../../cli/check/responds-under-load';

const unavailable = { failure: 'GET / responded 503', statusCode: 503 };
const broken = { failure: 'GET / responded 500', statusCode: 500 };
const reset = { failure: 'connection reset' };
const after = (count: number) => ({ failure: 'connection closed', closedAfterResponses: count });

test.each<
  [
    string,
    { readonly servedCount: number; readonly failures: readonly (typeof unavailable | typeof reset | ReturnType<typeof after>)[] },
    CheckStatus,
    string,
  ]
>([
  ['serves every request', { servedCount: 200, failures: [] }, 'ok', 'all 200 requests succeeded'],
  ['sheds load with 503', { servedCount: 199, failures: [unavailable] }, 'warning', '1 of 200 requests, 0.5 %, got HTTP 503'],
  [
    'fails now and then',
    { servedCount: 180, failures: [unavailable, broken, broken] },
    'failed',
    '2 of 183 requests, 1.1 %, failed: GET / responded 500',
  ],
  ['completes no request', { servedCount: 0, failures: [] }, 'failed', 'no request was completed'],
  ['closes connections', { servedCount: 1, failures: [reset] }, 'failed', '1 of 2 requests, 50 %, failed: connection reset'],
  [
    'closes connections after as many requests, without a word',
    { servedCount: 297, failures: [after(100), after(100), after(100)] },
    'failed',
    '3 of 300 requests, 1 %, failed: it closes a connection after 100 requests, without Connection: close in the last response, so the next request gets HTTP 502',
  ],
  [
    'closes connections after any number of requests',
    { servedCount: 297, failures: [after(5), after(70), after(200)] },
    'failed',
    '3 of 300 requests, 1 %, failed: connection closed',
  ],
])('a task that %s', (_, clients, status, reason) => {
  expect(assessResponses(clients)).toMatchObject({ status, reason });
});
