import { expect, test } from 'vitest';
import { assessClosedConnections } from '../../../cli/check/closes-connections-when-stopped';
import { serverAdvice } from '../../../cli/check/server-advice';
import type { RequestOutcome } from '../../../cli/check/task-connection';

const TASK = { advice: serverAdvice(undefined, {}), stopSignal: 'SIGTERM' } as const;
const SENT_AT_MILLIS = 10_000;

function request(writtenAtMillis: number, milliseconds: number, failure?: string): RequestOutcome {
  return { writtenAtMillis, endedAtMillis: writtenAtMillis + milliseconds, failure, isConnectionRefused: false, isOnUsedConnection: true };
}

const served = Array.from({ length: 39 }, (_, index) => request(10_010 + index, 5));
const crossing = request(10_100, 2, 'connection reset');
const underWay = request(9800, 700, 'connection closed');

test.each([
  ['one that crosses', [crossing], 'warning', /^1 of 40 requests was written on a kept connection just when/],
  ['two that cross', [crossing, crossing], 'warning', /^2 of 41 requests were written on a kept connection just when/],
  ['one that was under way', [underWay], 'warning', /^1 of 40 requests was under way for longer, and lost: connection closed/],
  ['both', [crossing, underWay], 'warning', /^1 of 41 requests was written .* 1 of 41 requests was under way for longer, and lost/],
  ['none', [], 'ok', /^every new connection was served$/],
])('of the lost requests, %s', (_, lost, status, reason) => {
  const result = assessClosedConnections({ outcomes: [...served, ...lost], sentAtMillis: SENT_AT_MILLIS }, TASK);
  expect(result).toMatchObject({ status, reason: expect.stringMatching(reason) });
});

test('a request that was under way is left to the check of slow requests, where that was tried', () => {
  const slowRequest = { path: '/slow', underWaySeconds: 0.7, outcome: underWay };
  const result = assessClosedConnections({ outcomes: [...served, underWay], sentAtMillis: SENT_AT_MILLIS, slowRequest }, TASK);
  expect(result).toMatchObject({ status: 'ok', reason: expect.stringMatching(/^1 of 40 requests was under way for longer, and lost/) });
});
