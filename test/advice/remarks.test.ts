import { describe, expect, test } from 'vitest';
import { remarks } from '../../src/advice/remarks';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import type { NotScaledReason } from '../../src/scaling/activity';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { requestsPerSecondAtCpuTarget } from '../../src/workload/cpu-demand';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, requestTarget } from '../search-plan';
import { totals } from '../totals';
import { minutes, outcome, scenario, step } from './remarked-run';

const times = <Item>(count: number, item: Item): Item[] => new Array<Item>(count).fill(item);
const held = (reason: NotScaledReason) => [{ startSeconds: 600, endSeconds: 660, reason, currentCapacity: 3, cause: '' }];
const ONE_STEP = [step()];
const TWO_STEPS = [step(), step({ startSeconds: 640, endSeconds: 670, fromCapacity: 4, toCapacity: 6, metricValue: 100 })];
const limited = scenario([cpuTarget(50)], { traffic: parseTraffic('users 30 for 5m, at most 1000 rps') });
const onlyOut = [cpuTarget(50, { disableScaleIn: true })];
const failures = { 'HTTP 502': 0, 'HTTP 503': 3, 'HTTP 504': 9, other: 0 };

test.each([
  ['a CPU target of 50 %', [cpuTarget(50)], 782],
  ['a CPU target of 10 %, less than the task uses on its own', [cpuTarget(10)], 0],
  ['no CPU target', [requestTarget(50)], 782],
])('with %s a measured task sustains its rate', (_, targets, rate) => {
  expect(Math.round(requestsPerSecondAtCpuTarget(scenario(targets).plan, MEASURED_SEARCH_WORKLOAD))).toBe(rate);
});

test('there are no remarks where scaling works as intended', () => {
  expect(remarks(scenario(), outcome({ activities: ONE_STEP }))).toEqual([]);
});

/** A remark with an outcome that just causes it, and one that just does not. */
interface Case {
  readonly says: RegExp;
  readonly inside: Partial<Outcome>;
  readonly outside: Partial<Outcome>;
  readonly of?: Scenario;
  /** Where another scenario makes the difference. */
  readonly outsideOf?: Scenario;
}

const cases: Record<string, Case> = {
  'a request target that was entered per second': {
    says: /^the request target is 9380 per minute, which is 156 per second for each task: .* requires 7 tasks .* set requestsPerSecondPerTask to about 782$/,
    inside: { activities: [step({ metric: 'ALBRequestCountPerTarget', targetValue: 9380, computedCapacity: 7, toCapacity: 6 })] },
    outside: { activities: [step({ metric: 'ALBRequestCountPerTarget', targetValue: 9390, computedCapacity: 7, toCapacity: 6 })] },
    of: scenario([requestTarget(9380)]),
  },
  'a request target of a service that was not measured': {
    says: /^the request target is .* measure what a task of this service sustains, and set requestsPerSecondPerTask to that$/,
    inside: { activities: [step({ metric: 'ALBRequestCountPerTarget', targetValue: 9380, computedCapacity: 7, toCapacity: 6 })] },
    outside: { activities: [step({ metric: 'ALBRequestCountPerTarget', targetValue: 9390, computedCapacity: 7, toCapacity: 6 })] },
    of: { ...scenario([requestTarget(9380)]), isWorkloadAssumed: true },
  },
  'a computed count above the maximum': {
    says: /^ECSServiceAverageCPUUtilization required 7 tasks and maxCapacity is 6: raise maxCapacity to 7, or give each task more CPU$/,
    inside: { activities: [step({ computedCapacity: 7 })] },
    outside: { activities: [step({ computedCapacity: 6 })] },
  },
  'a maximum that limits a service': {
    says: /^the service ran at maxCapacity \(6\) for 5:00 while an alarm required more tasks: raise maxCapacity$/,
    inside: { activities: ONE_STEP, notScaled: held('AlreadyAtMaxCapacity'), totals: totals({ secondsAtMaxCapacity: 300 }) },
    outside: { activities: ONE_STEP, notScaled: held('AlreadyAtDesiredCapacity'), totals: totals({ secondsAtMaxCapacity: 300 }) },
  },
  'a maximum that prevents all scaling': {
    says: /^nothing scaled: policies required more tasks than maxCapacity \(6\) allows$/,
    inside: { notScaled: held('AlreadyAtMaxCapacity') },
    outside: { notScaled: held('AlreadyAtDesiredCapacity') },
  },
  'a run without scaling': {
    says: /^nothing scaled: no metric stayed above its target for 3 minutes$/,
    inside: { timeline: minutes({ cpuUtilizationPercent: 50 }) },
    outside: { timeline: minutes({ cpuUtilizationPercent: 50.1 }) },
  },
  'a load that was high, but not for long enough': {
    says: /^nothing scaled: .* the longest time was 2:00\. From a jump in load to the first task that helps it takes 4:28 to 8:38: /,
    inside: { timeline: minutes({}, { cpuUtilizationPercent: 80 }, { cpuUtilizationPercent: 80 }, {}) },
    outside: { timeline: minutes({}, {}, {}, {}) },
  },
  'tasks that were ready too late': {
    says: /^the scale-out at 5:00, 2 -> 4, completed when most of the load had ended\. From a jump in load .*: only tasks that already run/,
    inside: { activities: ONE_STEP, timeline: minutes(...times(5, {}), {}, ...times(4, { sentRequestsPerSecond: 49 })) },
    outside: { activities: ONE_STEP, timeline: minutes(...times(5, {}), {}, ...times(4, { sentRequestsPerSecond: 51 })) },
  },
  'a load that CPU does not show': {
    says: /^CPU cannot exceed 100 %: at any load, one scale-out can multiply the tasks by 2 at most, .* \(2 -> 4\)\. A request target/,
    inside: { activities: [step({ metricValue: 97 })] },
    outside: { activities: [step({ metricValue: 96.9 })] },
  },
  'a load that CPU does not show to target tracking': {
    says: /^CPU cannot exceed 100 %/,
    inside: { activities: [step({ metricValue: 97 })] },
    outside: { activities: [step({ metricValue: 97, origin: 'step-scaling' })] },
  },
  'tasks that were ready too late for target tracking': {
    says: /^the scale-out at 5:00, 2 -> 4, completed/,
    inside: { activities: ONE_STEP, timeline: minutes(...times(5, {}), {}, ...times(4, { sentRequestsPerSecond: 49 })) },
    outside: {
      activities: [step({ statusCode: 'Unfulfilled' })],
      timeline: minutes(...times(5, {}), {}, ...times(4, { sentRequestsPerSecond: 49 })),
    },
  },
  'a run without scaling by step policies': {
    says: /^nothing scaled: no alarm of its policies went into ALARM/,
    inside: {},
    of: scenario([]),
    outside: { activities: ONE_STEP },
  },
  'a cooldown that delayed a scale-out': {
    says: /^the scale-out 4 -> 6 at 10:40 waited for the end of the scale-out cooldown of 300 seconds, .* a cooldown of 180 seconds would have/,
    inside: { activities: TWO_STEPS, timeline: minutes(...times(10, { cpuUtilizationPercent: 50.1 })) },
    outside: { activities: TWO_STEPS, timeline: minutes(...times(9, { cpuUtilizationPercent: 50.1 }), { cpuUtilizationPercent: 50 }) },
  },
  'a short cooldown': {
    says: /waited for the end of the scale-out cooldown/,
    inside: { activities: TWO_STEPS, timeline: minutes(...times(10, { cpuUtilizationPercent: 60 })) },
    outside: { activities: TWO_STEPS, timeline: minutes(...times(10, { cpuUtilizationPercent: 60 })) },
    outsideOf: scenario([cpuTarget(50, { scaleOutCooldownSeconds: 120 })]),
  },
  'requests that queued': {
    says: /^at 2:00 the p95 latency was 120 ms, compared with 40 ms at best: requests queued, with the CPU at 95 %$/,
    inside: { timeline: minutes({ p95Millis: 40 }, { p95Millis: 120, cpuUtilizationPercent: 95 }) },
    outside: { timeline: minutes({ p95Millis: 40 }, { p95Millis: 119, cpuUtilizationPercent: 95 }) },
  },
  'requests that failed': {
    says: /^12 requests failed \(HTTP 503: 3, HTTP 504: 9\), all of them in the minute until 2:00, when one task was healthy for 100 requests per second$/,
    inside: {
      timeline: minutes({}, { failedRequests: 12, healthyCount: 1, users: 5 }),
      totals: totals({ failedRequests: 12, failures }),
    },
    outside: { timeline: minutes({}, { failedRequests: 0.4 }), totals: totals({ failedRequests: 0.4 }) },
  },
  'requests that failed all the time': {
    says: /^10 requests failed \(HTTP 503: 3, HTTP 504: 9\), 3 of them in the minute until 2:00, when 2 tasks were healthy for 100 requests per second$/,
    inside: {
      timeline: minutes({ failedRequests: 2 }, { failedRequests: 3 }, { failedRequests: 2 }, { failedRequests: 3 }),
      totals: totals({ failedRequests: 10, failures }),
      // a fault that affected no task is no cause.
      events: [{ atSeconds: 90, kind: 'fault', description: 'no tasks were paused for 120 s', tasks: [] }],
    },
    outside: { timeline: minutes({}, { failedRequests: 0.4 }), totals: totals({ failedRequests: 0.4 }) },
  },
  'too few tasks to lose one': {
    says: /^the service could not have lost a task at 1:00: 2 tasks were healthy, with the CPU at 51 %, and 1 could not have served the load\. With N\+1/,
    inside: { timeline: minutes({ cpuUtilizationPercent: 51 }) },
    outside: { timeline: minutes({ cpuUtilizationPercent: 50 }) },
  },
  'too few of many tasks': {
    says: /^the service could not have lost a task .* and 4 could not have served the load/,
    inside: { timeline: minutes({ cpuUtilizationPercent: 80.1, healthyCount: 5 }) },
    outside: { timeline: minutes({ cpuUtilizationPercent: 80, healthyCount: 5 }) },
  },
  'the only task': {
    says: /^the service could not have lost a task at 1:00: one task was healthy, with the CPU at 20 %, and there was no other/,
    inside: { timeline: minutes({ healthyCount: 1, users: 5 }) },
    outside: { timeline: minutes({ healthyCount: 1, users: 5, sentRequestsPerSecond: 0 }) },
  },
  'the only task, after a fault that removed the other': {
    says: /^the service could not have lost a task/,
    inside: {
      timeline: minutes({}, {}, {}, { healthyCount: 1, users: 5 }),
      events: [
        { atSeconds: 30, kind: 'fault', description: '1 task was killed' },
        { atSeconds: 100, kind: 'replacement-healthy', description: 'a replacement became healthy' },
      ],
    },
    outside: {
      timeline: minutes({}, {}, {}, { healthyCount: 1, users: 5 }),
      events: [{ atSeconds: 190, kind: 'fault', description: '1 task was killed' }],
    },
  },
  'the only task, long after a fault that removed none': {
    says: /^the service could not have lost a task at 5:00/,
    inside: {
      timeline: minutes({}, {}, {}, {}, { healthyCount: 1, users: 5 }),
      events: [{ atSeconds: 90, kind: 'fault', description: 'a dependency was slow' }],
    },
    outside: {
      timeline: minutes({}, {}, {}, {}, { healthyCount: 1, users: 5 }),
      events: [{ atSeconds: 200, kind: 'fault', description: 'a dependency was slow' }],
    },
  },
  'the only task, shortly after a fault that affected none': {
    says: /^the service could not have lost a task at 5:00/,
    inside: {
      timeline: minutes({}, {}, {}, {}, { healthyCount: 1, users: 5 }),
      events: [{ atSeconds: 200, kind: 'fault', description: 'no tasks were killed', tasks: [] }],
    },
    outside: {
      timeline: minutes({}, {}, {}, {}, { healthyCount: 1, users: 5 }),
      events: [{ atSeconds: 200, kind: 'fault', description: '1 task was killed', tasks: [1] }],
    },
  },
  'too few tasks for users, who only wait': {
    says: /^the service could not have lost a task/,
    inside: { timeline: minutes({ cpuUtilizationPercent: 90 }) },
    outside: { timeline: minutes({ cpuUtilizationPercent: 90, users: 100 }) },
  },
  'a scale-in that would flap': {
    says: /^no task was removed: from 10:00 on the load was low, but one task less than 3 would have .* \(AutoScalingAnticipatedFlapping\)$/,
    inside: { activities: ONE_STEP, notScaled: held('AutoScalingAnticipatedFlapping') },
    outside: {
      activities: [...ONE_STEP, step({ startSeconds: 900, fromCapacity: 4, toCapacity: 3 })],
      notScaled: held('AutoScalingAnticipatedFlapping'),
    },
  },
  'quiet periods that were too short': {
    says: /^no task was removed: .* for 15 consecutive minutes, and the longest such time was 14:00\. If load varies/,
    inside: {
      activities: ONE_STEP,
      timeline: minutes(...times(5, { cpuUtilizationPercent: 60 }), ...times(14, { cpuUtilizationPercent: 44.9 }), {
        cpuUtilizationPercent: 45,
      }),
    },
    outside: {
      activities: ONE_STEP,
      timeline: minutes(...times(5, { cpuUtilizationPercent: 60 }), ...times(15, { cpuUtilizationPercent: 44.9 }), {
        cpuUtilizationPercent: 45,
      }),
    },
  },
  'a quiet period that the run ended in': {
    says: /^no task was removed/,
    inside: {
      activities: ONE_STEP,
      timeline: minutes(...times(5, { cpuUtilizationPercent: 60 }), ...times(9, {}), { cpuUtilizationPercent: 60 }),
    },
    outside: { activities: ONE_STEP, timeline: minutes(...times(5, { cpuUtilizationPercent: 60 }), ...times(9, {})) },
  },
  'policies that only scale out': {
    says: /^no task was removed: every policy has scale-in disabled$/,
    inside: { activities: ONE_STEP },
    outside: { activities: ONE_STEP },
    of: scenario(onlyOut),
    outsideOf: scenario([...onlyOut, requestTarget(60_000)]),
  },
  'an idle task above the low threshold': {
    says: /^an idle task uses 13 % of its CPU, and scale-in needs less than 13 %: added tasks are not removed\. Raise .* above 14, /,
    inside: { activities: ONE_STEP },
    outside: { activities: ONE_STEP },
    of: scenario([cpuTarget(14)]),
    outsideOf: scenario([cpuTarget(14.1)]),
  },
  'a client at its own limit': {
    says: /^from 1:00 on the client was at its own limit of 1000 requests per second: /,
    inside: { activities: ONE_STEP, timeline: minutes({ sentRequestsPerSecond: 990, users: 30 }) },
    outside: { activities: ONE_STEP, timeline: minutes({ sentRequestsPerSecond: 989, users: 30 }) },
    of: limited,
  },
};

describe.each(Object.entries(cases))('%s', (_, { says, inside, outside, of = scenario(), outsideOf = of }) => {
  test('is remarked on', () => {
    expect(remarks(of, outcome(inside))).toContainEqual(expect.stringMatching(says));
  });

  test('is not remarked on just below its limit', () => {
    expect(remarks(outsideOf, outcome(outside))).not.toContainEqual(expect.stringMatching(says));
  });
});
