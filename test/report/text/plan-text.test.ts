import { expect, test } from 'vitest';
import { parseSchedule } from '../../../src/plan/parse-schedule';
import { scalingPolicy } from '../../../src/plan/policy';
import { policyLines } from '../../../src/report/text/plan-text';
import { CPU, REQUESTS, STEPS, STEPS_DOWN } from '../../scaling/started-loop';

const BOUNDS = { minCapacity: 2, maxCapacity: 6 };

test('every kind of rule is one line', () => {
  const latency = { ...STEPS, metric: 'TargetResponseTime', statistic: 'p95', minRequestsPerMinute: 600 } as const;
  const policy = scalingPolicy({
    ...BOUNDS,
    targetTracking: [REQUESTS, { ...CPU, disableScaleIn: true }],
    stepScaling: [{ ...latency, alarm: { ...STEPS.alarm, threshold: 0.5 }, steps: [{ lowerBound: 0, adjustment: 1 }] }, STEPS, STEPS_DOWN],
    simpleScaling: [{ ...STEPS, adjustmentType: 'PercentChangeInCapacity', adjustment: 50 }],
    scheduledActions: [
      { name: 'morning', schedule: parseSchedule('cron(30 8 ? * MON,TUE *)')!, minCapacity: 5 },
      { name: 'sale', schedule: parseSchedule('at(2026-11-27T06:05:00)')!, minCapacity: 8, maxCapacity: 40 },
      { name: 'nudge', schedule: parseSchedule('rate(2 hours)')!, maxCapacity: 9 },
    ],
    isPredictive: true,
    suspended: { scaleIn: true, scaleOut: false, schedules: true },
  });
  expect(policyLines(policy)).toEqual([
    'ALBRequestCountPerTarget at 600 a minute (10 a second) per task, cooldown 300 s out, 300 s in',
    'ECSServiceAverageCPUUtilization at 60 %, cooldown 300 s out, 300 s in, scale-in disabled',
    'p95 TargetResponseTime above 0.5 s for 2 of 2 x 60 s with at least 600 requests a minute: +1 tasks, cooldown 300 s',
    'Average ECSServiceAverageCPUUtilization above 80 % for 2 of 2 x 60 s: +2 tasks, +4 tasks from 90 on, cooldown 300 s',
    'Average ECSServiceAverageCPUUtilization below 30 % for 2 of 2 x 60 s: -2 tasks, cooldown 300 s',
    'Average ECSServiceAverageCPUUtilization above 80 % for 2 of 2 x 60 s: +50 %, cooldown 300 s',
    'morning at 08:30 on Monday, Tuesday: minimum 5',
    'sale once at 2026-11-27 06:05: minimum 8, maximum 40',
    'nudge every 120 minutes: maximum 9',
    'predictive scaling raises the minimum capacity ahead of the load',
    'suspended: scale-in, schedules',
  ]);
});

test('a fixed count has no rule', () => {
  expect(policyLines(scalingPolicy({ minCapacity: 3, maxCapacity: 3 }))).toEqual([]);
});
