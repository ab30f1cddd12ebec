import type { LiveState, LiveTask, LiveValues } from '../../../cli/live-view/live-state';
import type { Plan } from '../../../src/plan/service-plan';
import { NO_FAILURES } from '../../../src/run/failures';
import type { TimelineRow } from '../../../src/run/outcome';
import type { Activity } from '../../../src/scaling/activity';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { cpuTarget, requestTarget, searchPlan } from '../../search-plan';

/** The search service at 2 to 6 tasks, by CPU at 60 % and 6,000 requests a minute. */
export const LIVE_PLAN: Plan = searchPlan(2, 6, [cpuTarget(60), requestTarget(6000)]);

/** The bounds of a plan that nothing has moved. */
export function boundsOf({ policy }: Plan): LiveState['bounds'] {
  return { min: policy.minCapacity, max: policy.maxCapacity };
}

/** Two healthy tasks in the eleventh minute, with nothing to worry about. */
export function liveState(changes: Partial<LiveState> = {}): LiveState {
  return {
    plan: LIVE_PLAN,
    behavior: AWS_BEHAVIOR,
    url: 'http://127.0.0.1:40123',
    speed: 20,
    seed: 7,
    nowSeconds: 630,
    totalSeconds: 1800,
    tasks: [liveTask({ id: '1a' }), liveTask({ id: '2b', zone: 'b' })],
    desiredCount: 2,
    bounds: boundsOf(changes.plan ?? LIVE_PLAN),
    latestValues: { ...liveRow(630), users: 30 },
    totals: { requests: 12_600, servedRequests: 12_600, failedRequests: 0 },
    timeline: minutes(10, {}),
    activities: [],
    notScaled: [],
    events: [],
    faults: [],
    ...changes,
  };
}

/** A healthy task. */
export function liveTask(changes: Partial<LiveTask> = {}): LiveTask {
  const calm = { state: 'healthy', zone: 'a', revision: '1', ageSeconds: 630 } as const;
  return { id: '1a', ...calm, cpuPercent: 40, memoryPercent: 12, servedRequestsPerSecond: 10, ...changes };
}

/** A row of the timeline at 57 % CPU: below the target and not low. */
export function liveRow(atSeconds: number, changes: LiveValues = {}): TimelineRow {
  return {
    atSeconds,
    sentRequestsPerSecond: 20,
    servedRequestsPerSecond: 20,
    failedRequests: 0,
    failures: NO_FAILURES,
    failedRequestsPerSecond: 0,
    desiredCount: 2,
    runningCount: 2,
    healthyCount: 2,
    cpuUtilizationPercent: 57,
    memoryUtilizationPercent: 12,
    requestCountPerTarget: 600,
    p50Millis: 31,
    p95Millis: 45,
    ...changes,
  };
}

/** So many minutes alike. */
export function minutes(count: number, changes: LiveValues): TimelineRow[] {
  return Array.from({ length: count }, (_, index) => liveRow(60 * (index + 1), changes));
}

/** A step from 2 to 4 tasks that the CPU caused. */
export function liveActivity(changes: Partial<Activity> = {}): Activity {
  return {
    startSeconds: 600,
    statusCode: 'InProgress',
    origin: 'target-tracking',
    cause: 'monitor alarm TargetTracking-Cpu-AlarmHigh in state ALARM triggered policy Cpu',
    metric: 'ECSServiceAverageCPUUtilization',
    metricValue: 91.25,
    targetValue: 60,
    baseCapacity: 2,
    computedCapacity: 4,
    fromCapacity: 2,
    toCapacity: 4,
    ...changes,
  };
}
