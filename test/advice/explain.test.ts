import { expect, test } from 'vitest';
import { explain } from '../../src/advice/remarks';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';
import { outcome, scenario, step } from './remarked-run';

function explained(traffic: string, targets: Parameters<typeof searchPlan>[2]) {
  const input = {
    plan: searchPlan(2, 6, targets),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
  return explain(input, forecast(input));
}

test('a target of 50 requests, entered per second: the computation of the step, and the target to set', () => {
  const { activities, remarks } = explained('rps 375 for 5m, rps 0 for 20m', [requestTarget(50)]);
  expect(activities[0]).toMatch(
    /^\d:\d\d 2 -> 6 tasks: ALBRequestCountPerTarget was 11250 after 3 consecutive datapoints above its target of 50; 2 x 11250 \/ 50 rounded up is 450, and maxCapacity is 6; complete 0:\d\d later$/,
  );
  expect(activities[1]).toMatch(
    /^\d+:\d\d 6 -> 5 tasks: every metric was low for 15 minutes, ALBRequestCountPerTarget at 0 \(below 45\); complete 0:\d\d later$/,
  );
  expect(remarks[0]).toMatch(/set requestsPerSecondPerTask to about 782$/);
});

test('CPU is in percent', () => {
  const { activities } = explained('rps 3000 for 20m', [cpuTarget(70)]);
  expect(activities).toEqual([
    expect.stringMatching(
      /^\d:\d\d 2 -> 3 tasks: ECSServiceAverageCPUUtilization was 84\.\d+ % .* target of 70 %; 2 x 84\.\d+ \/ 70 rounded up is 3; /,
    ),
  ]);
});

test('the low threshold of an EC2 group is further below its target than that of an ECS service', () => {
  const { plan } = scenario();
  const group = scenario([cpuTarget(50)], { plan: { ...plan, policy: { ...plan.policy, platform: 'ec2' } } });
  const scaleIn = step({ metricValue: 30, fromCapacity: 3, toCapacity: 2 });
  expect(explain(scenario(), outcome({ activities: [scaleIn] })).activities[0]).toContain('at 30 % (below 45 %)');
  expect(explain(group, outcome({ activities: [scaleIn] })).activities[0]).toContain('at 30 % (below 35 %)');
});

test('an activity without a metric has its cause, and one without an end is not complete', () => {
  const scheduled = step({ origin: 'scheduled-action', metric: undefined, endSeconds: undefined, cause: 'scheduled action morning' });
  expect(explain(scenario(), outcome({ activities: [scheduled] })).activities).toEqual([
    '5:00 2 -> 4 tasks: scheduled action morning; not complete at the end of the run',
  ]);
});
