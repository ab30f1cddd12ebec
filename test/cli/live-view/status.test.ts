import { expect, test } from 'vitest';
import { signalsOf } from '../../../cli/live-view/live-signals';
import type { LiveState } from '../../../cli/live-view/live-state';
import { statusesOf } from '../../../cli/live-view/status';
import { liveActivity, liveRow, liveState, liveTask, minutes } from './states';

const HOT = { ...liveRow(630), cpuUtilizationPercent: 88 };
const six = Array.from({ length: 6 }, (_, index) => liveTask({ id: String(index) }));
const slow = (atSeconds: number) => ({ kind: 'slow-dependency', atSeconds, durationSeconds: 120, addedSeconds: 0.2 }) as const;
const deployed = (kind: 'deployment-started' | 'deployment-completed' | 'deployment-failed') => [
  { atSeconds: 600, kind, description: 'a deployment' },
];

test.each<[string, Partial<LiveState>, string[]]>([
  ['nothing is wrong', {}, ['STEADY']],
  ['requests fail', { latestValues: { ...liveRow(630), failedRequests: 3.2 } }, ['FAILING 4/s']],
  ['nothing is left', { tasks: [liveTask({ state: 'unhealthy' })], desiredCount: 1 }, ['OUTAGE: NO HEALTHY TASK', '1 OF 1 NOT HEALTHY']],
  [
    'it begins',
    { tasks: [liveTask({ state: 'starting' })], desiredCount: 1, totals: { requests: 0, servedRequests: 0, failedRequests: 0 } },
    ['1 OF 1 NOT HEALTHY'],
  ],
  ['a task is paused', { tasks: [liveTask(), liveTask({ state: 'paused', activeFaults: ['pause-task'] })] }, ['1 PAUSED']],
  ['what is paused is on its way out', { tasks: [...six, liveTask({ state: 'draining', activeFaults: ['pause-task'] })] }, ['1 PAUSED']],
  ['requests wait as long as ever', { tasks: [liveTask({ waitingRequests: 9, longestWaitSeconds: 0.9 })] }, ['1 OF 2 NOT HEALTHY']],
  [
    'requests wait longer than ever',
    { tasks: [liveTask(), liveTask({ waitingRequests: 2, longestWaitSeconds: 12.7 })] },
    ['REQUESTS WAIT 12 s'],
  ],
  [
    'requests take long as ever',
    { tasks: [liveTask(), liveTask({ waitingRequests: 2, longestWaitSeconds: 12.7 })], timeline: minutes(10, { p95Millis: 5000 }) },
    ['STEADY'],
  ],
  ['a dependency is slow', { faults: [slow(600)] }, ['SLOW DEPENDENCY']],
  ['a dependency was slow', { faults: [slow(500)] }, ['STEADY']],
  ['a dependency will be slow', { faults: [slow(640)] }, ['STEADY']],
  ['it is over its target', { latestValues: HOT }, ['CPU OVER TARGET']],
  ['it is at its maximum', { tasks: six, desiredCount: 6 }, ['AT MAXIMUM 6']],
  ['that is not enough', { tasks: six, desiredCount: 6, latestValues: HOT }, ['AT MAXIMUM 6, CPU OVER TARGET']],
  ['a schedule lowered the maximum', { bounds: { min: 1, max: 2 } }, ['AT MAXIMUM 2']],
  ['it scales out', { activities: [liveActivity()], desiredCount: 4 }, ['SCALING OUT 2 -> 4']],
  ['it has scaled a moment ago', { activities: [liveActivity({ statusCode: 'Successful', endSeconds: 620 })] }, ['SCALING OUT 2 -> 4']],
  ['it has scaled a while ago', { activities: [liveActivity({ statusCode: 'Successful', endSeconds: 599 })] }, ['STEADY']],
  ['it scales in', { activities: [liveActivity({ fromCapacity: 4, toCapacity: 3 })] }, ['SCALING IN 4 -> 3']],
  ['it is deployed to', { events: deployed('deployment-started') }, ['DEPLOYING']],
  ['the deployment failed', { events: deployed('deployment-failed') }, ['ROLLING BACK']],
  ['the deployment is over', { events: deployed('deployment-completed') }, ['STEADY']],
  ['a task was lost', { desiredCount: 3 }, ['1 OF 3 NOT HEALTHY']],
])('where %s', (_, changes, texts) => {
  const state = liveState(changes);
  expect(statusesOf(state, signalsOf(state.plan.policy, state.behavior), '->').map(({ text }) => text)).toEqual(texts);
});
