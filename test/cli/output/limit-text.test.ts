import { expect, test } from 'vitest';
import { limitLines, measurementRemarks } from '../../../cli/output/limit-text';
import { fitTaskWorkload } from '../../../rehearsal/measure/fit-task-workload';
import type { MeasuredLimit, TaskMeasurements } from '../../../rehearsal/measure/task-measurements';
import { limitAt } from './measured-limit';

const VCPU = 0.25;

/** A task that uses 0.1 ms for a request, and more at the lowest load. */
function measured(limit: MeasuredLimit, changes: Partial<TaskMeasurements> = {}) {
  const points = [
    { requestsPerSecond: 100, usedVcpu: 0.02, latencySeconds: 0.001 },
    { requestsPerSecond: 1500, usedVcpu: 0.15, latencySeconds: 0.001 },
  ];
  const warmUp = { seconds: 10, isSettled: true, firstCpuSecondsPerRequest: 0.0002, lastCpuSecondsPerRequest: 0.0001 };
  const measurements = { unusualResponses: [], warmUp, idleVcpu: 0, points, limit, singleUserLatencySeconds: 0.001, isSlow: false };
  return fitTaskWorkload({ ...measurements, ...changes }, { startUpSeconds: 1, stopSeconds: 1 }, VCPU);
}

test.each<[string, MeasuredLimit, RegExp]>([
  [
    'the CPU of the task',
    limitAt(2500, 1),
    /^2,500 requests per second, with 16 users who never paused, used 100 % .*: this is its limit$/,
  ],
  [
    'the machine',
    limitAt(2000, 0.8, { machine: { busyShare: 0.98, commandVcpu: 1.25 } }),
    /: this machine makes no more, 98 % of its 4 cores were in use, 1\.\d of them by the load generator$/,
  ],
  ['the load generator', limitAt(2000, 0.8, { machine: { loadGeneratorShare: 0.97 } }), /: the load generator makes no more/],
  ['the main thread', limitAt(2000, 0.8, { machine: { loadBalancerShare: 0.97 } }), /: this command makes no more, its main thread/],
  ['errors', limitAt(2000, 0.8, { failure: 'under load, GET / responded 503' }), /requests failed \(under load, GET \/ responded 503\)$/],
  ['the number of users', limitAt(2000, 0.8, { hasUntriedUsers: true }), /: more users were not tried/],
  ['something else', limitAt(2000, 0.8), /: more users get no more responses/],
])('says what ended the growth of the rate: %s', (_, limit, text) => {
  expect(limitLines(measured(limit), VCPU)[0]).toMatch(text);
});

test('says how far the fitted line is from the limit, or up to which load it was measured', () => {
  expect(limitLines(measured(limitAt(2500, 1)), VCPU)[1]).toBe('the fit ends there too');
  const slow = { isSlow: true };
  expect(limitLines(measured(limitAt(2400, 1), slow), VCPU)[1]).toMatch(
    /^by the fit 100 % of the CPU is used at 2,4\d\d requests .* above it$/,
  );
  expect(limitLines(measured(limitAt(1900, 1), slow), VCPU)[1]).toMatch(/near the limit a forecast is off by that much$/);
  expect(limitLines(measured(limitAt(2000, 0.8)), VCPU)[1]).toMatch(/^the loads were measured up to 2,000 .* which is an extrapolation$/);
});

test('says that a request costs more at a low load', () => {
  expect(limitLines(measured(limitAt(2500, 1)), VCPU)[2]).toMatch(/^at 100 requests per second one costs 0\.2 ms, 2\.0 times as much/);
});

test('remarks on responses that are not successes, and on a warm-up that was too short', () => {
  expect(measurementRemarks(measured(limitAt(2500, 1)))).toEqual([]);
  const warmUp = { seconds: 40, isSettled: false, firstCpuSecondsPerRequest: 0.0004, lastCpuSecondsPerRequest: 0.0001 };
  const unusual = measured(limitAt(2500, 1), { warmUp, unusualResponses: [{ path: '/a=3', statusCode: 404 }] });
  expect(measurementRemarks(unusual)).toEqual([
    'GET /a=3 responded 404, and that is what was measured: give a --path that responds 200',
    'a request still became cheaper after 40 s of load, from 0.4 to 0.1 ms of CPU: measure for longer with --warm-up 80s',
  ]);
});
