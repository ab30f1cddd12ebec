import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnyStatistic, CLOUD_WATCH_METRICS, metricValue } from '../../../emulation/live/cloud-watch-metrics';
import { CounterHistory } from '../../../emulation/live/counter-history';
import { ZERO_COUNTERS } from '../../../src/metrics/fleet-counters';

const metricOf = (name: string) => CLOUD_WATCH_METRICS.find((metric) => metric.name === name)!;

const COUNTED = {
  ...ZERO_COUNTERS,
  seconds: 60,
  requests: 120,
  responses: 120,
  responseSeconds: 12,
  p50ResponseSeconds: 6,
  p95ResponseSeconds: 36,
  p99ResponseSeconds: 60,
  cpuSeconds: 15,
  cpuCapacitySeconds: 30,
  healthyTargetSeconds: 120,
  registeredTargetSeconds: 120,
  healthyHostSeconds: 120,
  HTTPCode_Target_5XX_Count: 3,
  HTTPCode_ELB_502_Count: 1,
  HTTPCode_ELB_504_Count: 2,
};

test.each([
  ['RequestCount', 'Sum', 120],
  ['RequestCountPerTarget', 'Sum', 60],
  ['TargetResponseTime', 'Average', 0.1],
  ['TargetResponseTime', 'p95', 0.3],
  ['TargetResponseTime', 'SampleCount', 120],
  ['CPUUtilization', 'Average', 50],
  ['HTTPCode_Target_5XX_Count', 'Sum', 3],
  ['HTTPCode_Target_5XX_Count', 'Average', 1],
  ['HTTPCode_Target_2XX_Count', 'Sum', undefined],
  ['HTTPCode_ELB_5XX_Count', 'Sum', 3],
  ['HealthyHostCount', 'Average', 2],
] as const)('%s has its %s', (name, statistic, expected) => {
  expect(metricValue(metricOf(name), statistic, COUNTED, [])).toBe(expected);
});

test('minimum and maximum are those of the parts of a period', () => {
  const steps = [4, 10].map((cpuSeconds) => ({ ...ZERO_COUNTERS, seconds: 20, cpuSeconds, cpuCapacitySeconds: 10 }));
  const statisticOf = (statistic: AnyStatistic) => metricValue(metricOf('CPUUtilization'), statistic, COUNTED, steps);
  expect([statisticOf('Minimum'), statisticOf('Average'), statisticOf('Maximum')]).toEqual([40, 50, 100]);
});

test('the counts of adjacent ranges add up to those of the whole, wherever they are divided', () => {
  const samples = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 9 })), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(samples, fc.integer({ min: 0, max: 2000 }), (added, divided) => {
      const history = new CounterHistory();
      let atMillis = 0;
      let requests = 0;
      for (const [millis, count] of added) {
        atMillis += millis;
        requests += count;
        history.add({ atMillis, counters: { requests } });
      }
      const countOf = (from: number, until: number): number => history.between(from, until)?.requests ?? 0;
      const middle = Math.min(divided, atMillis);
      expect(countOf(0, middle) + countOf(middle, atMillis)).toBe(countOf(0, atMillis));
    }),
  );
});
