import { describe, expect, test } from 'vitest';
import { sensitivityLines } from '../../src/report/text/sensitivity-text';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { bandOver, forecastSeeds } from '../../src/simulation/band';
import { bandOverBehaviors, seedsOfVariant, sensitivityOf } from '../../src/simulation/sensitivity';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';

const SCENARIO: Scenario = {
  plan: { ...searchPlan(2, 6, [cpuTarget(60)]), deregistrationDelaySeconds: 300 },
  workload: MEASURED_SEARCH_WORKLOAD,
  traffic: parseTraffic('rps 500 for 5m, rps 2500 for 20m, rps 100 for 60m'),
  behavior: AWS_BEHAVIOR,
  seed: 1,
};
const OUTCOMES = forecastSeeds(SCENARIO, 50);
const SENSITIVITY = sensitivityOf(SCENARIO, 50);

describe('the band over behaviors', () => {
  const assumed = bandOver(OUTCOMES);
  const band = bandOverBehaviors(OUTCOMES, SENSITIVITY);

  test('has the median of the assumed behavior, and reaches at least as far as its band', () => {
    for (const name of ['firstScaleOutSeconds', 'firstScaleInSeconds', 'maxTasks', 'taskHours'] as const) {
      expect(band[name]!.median).toBe(assumed[name]!.median);
      expect(band[name]!.low).toBeLessThanOrEqual(assumed[name]!.low);
      expect(band[name]!.high).toBeGreaterThanOrEqual(assumed[name]!.high);
    }
  });

  test('contains the median of each other behavior', () => {
    for (const { band: other } of SENSITIVITY) {
      expect(other.firstScaleOutSeconds!.median).toBeGreaterThanOrEqual(band.firstScaleOutSeconds!.low);
      expect(other.firstScaleOutSeconds!.median).toBeLessThanOrEqual(band.firstScaleOutSeconds!.high);
    }
  });
});

test('only settings that the plan depends on are varied', () => {
  const settings = (scenario: Scenario) => new Set(sensitivityOf(scenario, 1).map(({ setting }) => setting));
  const requests = { ...SCENARIO, plan: searchPlan(2, 6, [requestTarget(1500)]) };
  expect(settings(SCENARIO)).not.toContain('requestCountDenominator');
  expect(settings(requests)).toContain('requestCountDenominator');
  expect(settings(requests)).not.toContain('highResolutionDelaySeconds');
});

test('a variant is repeated over a fifth of the seeds, at most 20', () => {
  expect([1, 2, 10, 50, 100, 10_000].map(seedsOfVariant)).toEqual([1, 2, 2, 10, 20, 20]);
});

test('the text says what changes and what does not', () => {
  const lines = sensitivityLines(bandOverBehaviors(OUTCOMES, SENSITIVITY), SENSITIVITY);
  expect(lines.find((line) => line.startsWith('metricDelaySeconds'))).toMatch(
    /^metricDelaySeconds {"min":30,"max":90}: first scale-out \d+:\d\d instead of \d+:\d\d/,
  );
  expect(lines.at(-1)).toMatch(/^without a difference: .*scaleOutBlocksScaleIn/);
});
