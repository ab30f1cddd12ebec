import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/parse/input-error';
import { desiredCounts } from '../../src/run/outcome';
import { forecast } from '../../src/simulation/forecast';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';
import { searchScenario } from './search-scenario';

describe('a forecast', () => {
  test('is a function of its scenario and its seed', () => {
    const asked = searchScenario('users 30 for 5m, users 30..150 for 10m, users 10 for 40m');
    expect(JSON.stringify(forecast(asked))).toBe(JSON.stringify(forecast(asked)));
    expect(forecast({ ...asked, seed: 2 })).not.toEqual(forecast(asked));
  });

  test('scales out under load and in after it', () => {
    const outcome = forecast(searchScenario('rps 200 for 2m, rps 3000 for 10m, rps 100 for 60m'));
    expect(desiredCounts(outcome)).toEqual([2, 3, 4, 3, 2]);
    expect(outcome.totals.maxTasks).toBe(4);
    expect(outcome.timeline.at(-1)).toMatchObject({ atSeconds: 72 * 60, desiredCount: 2, runningCount: 2, healthyCount: 2 });
  });

  test('lists a change of a policy among the events, in the order of time', () => {
    const policyChanges = [
      { atSeconds: 300, targetValue: 50, policyName: 'Cpu' },
      { atSeconds: 120, targetValue: 40 },
    ];
    const { events } = forecast(
      searchScenario('rps 200 for 8m', { policyChanges, faults: [{ kind: 'stop-task', atSeconds: 200, count: 1 }] }),
    );
    expect(events.filter(({ kind }) => kind !== 'task-lost' && kind !== 'replacement-healthy')).toEqual([
      { atSeconds: 120, kind: 'policy-changed', description: 'the target of every policy was set to 40' },
      { atSeconds: 200, kind: 'fault', description: '1 task was stopped', fault: 'stop-task', tasks: [1] },
      { atSeconds: 300, kind: 'policy-changed', description: 'the target of Cpu was set to 50' },
    ]);
  });

  test('queues an open load above its capacity, and fails requests at the idle timeout', () => {
    const outcome = forecast(searchScenario('rps 20000 for 4m', { plan: searchPlan(1, 1, [cpuTarget(60)]) }));
    const [first, , , last] = outcome.timeline;
    expect(first).toMatchObject({ cpuUtilizationPercent: 100 });
    expect(last!.failedRequests).toBeGreaterThan(0);
    expect(last!.p50Millis).toBeGreaterThan(50_000);
  });

  test('observes each row and each activity while it runs', () => {
    const seen: string[] = [];
    forecast(searchScenario('rps 2500 for 6m'), { onRow: () => seen.push('row'), onActivity: () => seen.push('activity') });
    expect(seen.filter((what) => what === 'row')).toHaveLength(6);
    expect(seen).toContain('activity');
  });
});

describe('every forecast', () => {
  const loads = fc.array(
    fc.record({ kind: fc.constantFrom('users', 'rps'), from: fc.nat(4000), to: fc.nat(4000), minutes: fc.integer({ min: 1, max: 40 }) }),
    { minLength: 1, maxLength: 4 },
  );
  const models = fc.constantFrom<Workload['latencyModel']>('even-share', 'quota-windows');
  const bounds = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(5));

  test('keeps its tasks within bounds, serves or fails each request, and contains no NaN', () => {
    fc.assert(
      fc.property(loads, bounds, models, fc.nat(), (phases, [min, spare], latencyModel, seed) => {
        const workload = { ...MEASURED_SEARCH_WORKLOAD, latencyModel };
        const traffic = phases.map((phase) => `${phase.kind} ${phase.from}..${phase.to} for ${phase.minutes}m`).join(', ');
        const outcome = forecast(searchScenario(traffic, { plan: searchPlan(min, min + spare, [cpuTarget(60)]), workload, seed }));
        for (const row of outcome.timeline) {
          expect(row.desiredCount).toSatisfy((count: number) => count >= min && count <= min + spare);
          expect(row.healthyCount).toBeLessThanOrEqual(row.runningCount);
          for (const value of [...Object.values(row), ...Object.values(row.failures)])
            if (typeof value === 'number') expect(value).toSatisfy((number: number) => Number.isFinite(number) && number >= 0);
        }
        const { totals, timeline } = outcome;
        const answered = timeline.reduce((sum, row) => sum + row.servedRequestsPerSecond * 60, 0);
        expect(answered).toBeCloseTo(totals.servedRequests, 3);
        expect(totals.servedRequests + totals.failedRequests + totals.requestsInFlightAtEnd).toBeCloseTo(totals.requests, 3);
        expect(totals.taskHours).toBeGreaterThanOrEqual((min * timeline.at(-1)!.atSeconds) / 3600 - 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  [{ workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0 } }, /^CPU per request must be above 0, got 0 ms$/],
  [{ workload: { ...MEASURED_SEARCH_WORKLOAD, idleVcpu: 0.25 } }, /^idle vCPU must be from 0 to below the 0.25 vCPU of a task, got 0.25$/],
  [{ plan: searchPlan(3, 2, [cpuTarget(60)]) }, /^minCapacity must be at most maxCapacity \(2\), got 3$/],
])('%j is not valid', (changes, message) => {
  const run = () => forecast(searchScenario('users 1 for 1m', changes));
  expect(run).toThrowError(InputError);
  expect(run).toThrowError(message);
});
