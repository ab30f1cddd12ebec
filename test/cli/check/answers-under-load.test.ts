import { expect, test } from 'vitest';
import { judgeAnswers } from '../../../cli/check/answers-under-load';
import type { Verdict } from '../../../cli/check/finding';

const refused = { atMillis: 0, failure: 'GET / answered 503', isRefused: false, statusCode: 503 };
const broken = { atMillis: 0, failure: 'GET / answered 500', isRefused: false, statusCode: 500 };
const reset = { atMillis: 0, failure: 'connection reset', isRefused: false };

test.each<[string, { readonly answered: number; readonly lost: readonly (typeof refused | typeof reset)[] }, Verdict, string]>([
  ['answers everything', { answered: 200, lost: [] }, 'ok', 'all of 200 requests'],
  ['refuses what it cannot bear', { answered: 199, lost: [refused] }, 'warning', '1 of 200 requests, 0.5 %, were refused with 503'],
  [
    'fails now and then',
    { answered: 180, lost: [refused, broken, broken] },
    'failed',
    '2 of 183 requests, 1.1 %, failed: GET / answered 500',
  ],
  ['closes connections', { answered: 1, lost: [reset] }, 'failed', '1 of 2 requests, 50 %, failed: connection reset'],
])('a task that %s', (_, users, verdict, reason) => {
  expect(judgeAnswers(users)).toMatchObject({ verdict, reason });
});
