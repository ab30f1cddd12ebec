import { expect, test } from 'vitest';
import { forecast } from '../../src/forecast/forecast';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { trafficSeconds } from '../../src/scenario/traffic';
import { trafficOfTimeline } from '../../src/scenario/traffic-of-timeline';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../search-plan';

test('the traffic that a run had brings the same number of requests once more', () => {
  const traffic = parseTraffic('rps 100 for 3m, rps 300..900 for 5m30s');
  const scenario = { plan: searchPlan(2, 4, [cpuTarget(60)]), workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR, seed: 1 };
  const first = forecast({ ...scenario, traffic });
  const again = trafficOfTimeline(first.timeline);
  expect(trafficSeconds(again)).toBe(trafficSeconds(traffic));
  expect(forecast({ ...scenario, traffic: again }).totals.requests).toBeCloseTo(first.totals.requests, 3);
});
