import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../src/faults/fault-kinds';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { simulatedFleet } from '../../src/simulation/simulated-fleet';
import { SimulatedClock } from '../../src/time/simulated-clock';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

const atSeconds = fc.integer({ min: 0, max: 1200 });
const durationSeconds = fc.integer({ min: 1, max: 600 });
const count = fc.integer({ min: 1, max: 4 });

const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('stop-task', 'kill-task', 'exhaust-memory'), atSeconds, count }),
  fc.record({ kind: fc.constantFrom('pause-task', 'fail-health-check'), atSeconds, count, durationSeconds }),
  fc.record({ kind: fc.constant('slow-task'), atSeconds, count, durationSeconds, relativeSpeed: fc.constantFrom(0.1, 0.5, 0.9) }),
  fc.record({ kind: fc.constantFrom('crash-at-start', 'lose-zone'), atSeconds, durationSeconds }),
  fc.record({ kind: fc.constantFrom('deploy', 'bad-deployment'), atSeconds }),
  fc.record({ kind: fc.constant('slow-dependency'), atSeconds, durationSeconds, addedSeconds: fc.constantFrom(0.05, 2, 70) }),
) as fc.Arbitrary<Fault>;

const phases = fc.array(
  fc.record({
    kind: fc.constantFrom('users', 'rps'),
    from: fc.nat(3000),
    to: fc.nat(3000),
    think: fc.constantFrom('', ' think 1s'),
    minutes: fc.integer({ min: 1, max: 10 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    phases,
    faults: fc.array(faults, { maxLength: 5 }),
    minimum: fc.integer({ min: 1, max: 4 }),
    spare: fc.nat(4),
    algorithm: fc.constantFrom('round_robin', 'least_outstanding_requests', 'weighted_random'),
    isSlowlyStarted: fc.boolean(),
    percents: fc.constantFrom([100, 200], [50, 100], [66, 150], [0, 100]),
    hasCircuitBreaker: fc.boolean(),
    stopSeconds: fc.constantFrom(0, 2, 40),
    latencyModel: fc.constantFrom<Workload['latencyModel']>('even-share', 'quota-windows'),
    cpuSecondsPerWakeUp: fc.constantFrom(0, 0.0002),
    zoneCount: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
  })
  .map((drawn) => {
    const plan = searchPlan(drawn.minimum, drawn.minimum + drawn.spare, [cpuTarget(60)]);
    const [minHealthyPercent, maxHealthyPercent] = drawn.percents as [number, number];
    const slowStartSeconds = drawn.isSlowlyStarted && drawn.algorithm === 'round_robin' ? 60 : 0;
    const words = drawn.phases.map(
      ({ kind, from, to, think, minutes }) => `${kind} ${from}..${to}${kind === 'users' ? think : ''} for ${minutes}m`,
    );
    return {
      plan: {
        ...plan,
        zoneCount: drawn.zoneCount,
        routing: { algorithm: drawn.algorithm as never, slowStartSeconds, enableAnomalyMitigation: drawn.algorithm === 'weighted_random' },
        deployment: { ...plan.deployment, minHealthyPercent, maxHealthyPercent, hasCircuitBreaker: drawn.hasCircuitBreaker },
      },
      workload: {
        ...MEASURED_SEARCH_WORKLOAD,
        stopSeconds: drawn.stopSeconds,
        latencyModel: drawn.latencyModel,
        cpuSecondsPerWakeUp: drawn.cpuSecondsPerWakeUp,
      },
      traffic: parseTraffic(words.join(', ')),
      behavior: AWS_BEHAVIOR,
      faults: drawn.faults.filter((fault) => fault.atSeconds < 60 * drawn.phases.reduce((sum, { minutes }) => sum + minutes, 0)),
      seed: drawn.seed,
    };
  });

function expectSound(numbers: object): void {
  for (const value of Object.values(numbers)) {
    if (typeof value === 'number') expect(value).toSatisfy((number: number) => Number.isFinite(number) && number >= 0);
  }
}

test('every request that was sent is served, failed or in flight, whatever the faults', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const { totals, timeline } = forecast(scenario);
      const { minCapacity, maxCapacity } = scenario.plan.policy;
      const accounted = totals.servedRequests + totals.failedRequests + totals.requestsInFlightAtEnd;
      expect(Math.abs(accounted - totals.requests)).toBeLessThan(1e-6 * Math.max(1, totals.requests));
      for (const row of timeline) {
        expect(row.desiredCount).toSatisfy((desired: number) => desired >= minCapacity && desired <= maxCapacity);
        expect(row.runningCount).toBeLessThanOrEqual(2 * maxCapacity);
        expectSound(row);
        expectSound(row.failures);
      }
      expectSound(totals);
      expect(totals.outageSeconds).toBeLessThanOrEqual(trafficSeconds(scenario.traffic));
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('a request whose task exits in the last second has failed, and is not in flight as well', () => {
  const { totals } = forecast({
    plan: searchPlan(1, 1, [cpuTarget(60)]),
    workload: { ...MEASURED_SEARCH_WORKLOAD, stopSeconds: 2 },
    traffic: parseTraffic('users 1 for 5m'),
    behavior: AWS_BEHAVIOR,
    faults: [{ kind: 'stop-task', atSeconds: 298, count: 1 }],
    seed: 0,
  });
  expect(totals.requestsInFlightAtEnd).toBe(0);
  expect(totals.failedRequests).toBeGreaterThan(0);
  expect(totals.servedRequests + totals.failedRequests).toBeCloseTo(totals.requests, 6);
});

test('the same scenario has the same outcome, with faults too', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      expect(JSON.stringify(forecast(scenario))).toBe(JSON.stringify(forecast(scenario)));
    }),
    { numRuns: 15 },
  );
}, 60_000);

/** Requests in flight, summed each second, and the latencies of all responses. */
function inFlightAndLatency(scenario: Scenario): { readonly inFlightSeconds: number; readonly latencySeconds: number } {
  const clock = new SimulatedClock();
  const { requests } = simulatedFleet(clock, scenario);
  let [inFlightSeconds, latencySeconds] = [0, 0];
  for (let second = 1; second <= trafficSeconds(scenario.traffic); second++) {
    clock.runUntil(second, (seconds) => requests.sendUntil(seconds));
    const reading = requests.takeMeasurements();
    inFlightSeconds += reading.inFlightRequests;
    latencySeconds += reading.latencySeconds;
  }
  return { inFlightSeconds, latencySeconds };
}

test("Little's law holds: requests in flight × time is the sum of the latencies", () => {
  const loads = fc.tuple(fc.constantFrom('users', 'rps'), fc.integer({ min: 10, max: 3000 }), fc.integer({ min: 10, max: 3000 }));
  fc.assert(
    fc.property(loads, fc.integer({ min: 1, max: 4 }), ([kind, from, to], tasks) => {
      const { inFlightSeconds, latencySeconds } = inFlightAndLatency({
        plan: {
          ...searchPlan(tasks, tasks, []),
          healthCheck: { ...searchPlan(1, 1, []).healthCheck, timeoutSeconds: 120, intervalSeconds: 300 },
        },
        workload: MEASURED_SEARCH_WORKLOAD,
        traffic: parseTraffic(`${kind} ${from} for 2m, ${kind} ${from}..${to} for 5m, ${kind} ${to} for 3m`),
        behavior: AWS_BEHAVIOR,
        seed: 1,
      });
      expect(Math.abs(inFlightSeconds / latencySeconds - 1)).toBeLessThan(0.005);
    }),
    { numRuns: 40 },
  );
}, 60_000);
