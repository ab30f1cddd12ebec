import { expect, test } from 'vitest';
import { trafficOfTimeline } from '../../src/run/observed-traffic';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

test('the traffic that a run had brings the same number of requests once more', () => {
  const traffic = parseTraffic('rps 100 for 3m, rps 300..900 for 5m30s');
  const scenario = { plan: searchPlan(2, 4, [cpuTarget(60)]), workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR, seed: 1 };
  const first = forecast({ ...scenario, traffic });
  const again = trafficOfTimeline(first.timeline);
  expect(trafficSeconds(again)).toBe(trafficSeconds(traffic));
  expect(forecast({ ...scenario, traffic: again }).totals.requests).toBeCloseTo(first.totals.requests, 3);
});
