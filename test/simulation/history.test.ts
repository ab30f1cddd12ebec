import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src/run/scenario';
import { bandOver, forecastSeeds } from '../../src/simulation/band';
import { historyOf, historyTraffic } from '../../src/simulation/history';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { formatTraffic } from '../../src/traffic/traffic-phases';
import { searchScenario } from './search-scenario';

function firstScaleOut(scenario: Scenario) {
  return bandOver(forecastSeeds(scenario, 100)).firstScaleOutSeconds!;
}

describe('before a scenario the load', () => {
  test.each([
    ['was that of its start', 'rps 500 for 5m, rps 3000 for 20m', 'rps 500 for 2m'],
    ['was that of the start of a ramp', 'users 30..150 think 1s for 20m', 'users 30 think 1s for 2m'],
    ['was none where its start is over a target: the service would have scaled already', 'rps 3000 for 20m', 'rps 0 for 2m'],
  ])('%s', (_, traffic, history) => {
    expect(formatTraffic(historyTraffic(searchScenario(traffic)))).toBe(history);
  });

  test('was what the scenario says', () => {
    const history = parseTraffic('rps 10..900 for 1h');
    const { cpuSeconds, requests, seconds } = historyOf(searchScenario('rps 3000 for 20m', { history }));
    expect([seconds, requests]).toEqual([1, expect.closeTo(900, 6)]);
    expect(cpuSeconds).toBeCloseTo(2 * 0.0315 + 900 * 0.0001195, 6);
  });
});

test('a load from the first second scales at the same time as the same load after idle minutes', () => {
  const [low, median, high] = [
    firstScaleOut(searchScenario('rps 3000 for 20m')),
    firstScaleOut(searchScenario('rps 0 for 10m, rps 3000 for 20m')),
  ]
    .map((band, index) => [band.low, band.median, band.high].map((seconds) => seconds - 600 * index))
    .reduce((one, other) => one.map((seconds, index) => seconds - other[index]!));
  for (const difference of [low, median, high]) expect(Math.abs(difference!)).toBeLessThan(20);
});

test('from an idle service the first scale-out takes as long as in the benchmark of AWS: 363 seconds', () => {
  const { low, median, high } = firstScaleOut(searchScenario('rps 3000 for 20m'));
  expect(median).toBeGreaterThan(340);
  expect(median).toBeLessThan(385);
  expect(low).toBeLessThan(363);
  expect(high).toBeGreaterThan(363);
});

test('datapoints from before the start count: a load that was high before scales within two minutes', () => {
  const { high } = firstScaleOut(searchScenario('rps 3000 for 20m', { history: parseTraffic('rps 3000 for 1h') }));
  expect(high).toBeLessThan(65);
});
