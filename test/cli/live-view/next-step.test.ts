import { expect, test } from 'vitest';
import { signalsOf } from '../../../cli/live-view/live-signals';
import type { LiveState, LiveValues } from '../../../cli/live-view/live-state';
import { nextStepLines } from '../../../cli/live-view/next-step';
import { scalingPolicy } from '../../../src/plan/policy';
import { cpuTarget, searchPlan } from '../../search-plan';
import { liveActivity, liveRow, liveState, minutes } from './states';

const COLD: LiveValues = { cpuUtilizationPercent: 20 };
const HOT: LiveValues = { cpuUtilizationPercent: 90 };
const three = { desiredCount: 3 };
const scaledIn = liveActivity({ fromCapacity: 4, toCapacity: 3, startSeconds: 500, statusCode: 'Successful', endSeconds: 560 });

/** Ten minutes, the last of which are different. */
function lately(count: number, changes: LiveValues): Pick<LiveState, 'timeline'> {
  return { timeline: [...minutes(10 - count, {}), ...minutes(count, changes)] };
}

test.each<[string, Partial<LiveState>, string]>([
  ['nothing is to be done', {}, 'at the minimum of 2: no scale-in'],
  ['no task serves', { tasks: [] }, 'no task is healthy: ECS replaces them, and scaling waits for their metrics'],
  ['one minute is over', lately(1, HOT), 'CPU above 60 % for 1 of 3 minutes: 2 more and the service scales out'],
  ['two minutes are over', lately(2, HOT), 'CPU above 60 % for 2 of 3 minutes: 1 more and the service scales out'],
  ['three minutes are over', lately(3, HOT), 'CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it'],
  // a minute between two others is not enough: it begins again.
  [
    'it is over no more',
    { timeline: [...minutes(8, {}), liveRow(540, HOT), liveRow(600)] },
    'CPU above 60 % for 1 of 3 minutes: 3 more and the service scales out',
  ],
  [
    'both signals are over',
    lately(3, { ...HOT, requestCountPerTarget: 9000 }),
    'CPU above 60 %, Requests above 6,000/min for 3 of 3 minutes: scales out once the alarm sees it',
  ],
  ['it is at its maximum', { ...lately(3, HOT), desiredCount: 6 }, 'CPU above 60 % for 3 of 3 minutes, and 6 tasks are the maximum'],
  [
    'it has just scaled out',
    { ...lately(3, HOT), activities: [liveActivity({ statusCode: 'Successful', endSeconds: 580 })] },
    'CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it (cooldown, only larger steps for 4:10)',
  ],
  ['one signal is not low', { ...three }, 'scales in after 15 minutes of CPU below 54 %'],
  [
    'some minutes are low',
    { ...three, ...lately(4, COLD), latestValues: liveRow(630, COLD) },
    'CPU below 54 % for 4 of 15 minutes: 11 more and the service scales in',
  ],
  [
    'all minutes are low',
    { ...three, timeline: minutes(15, COLD), latestValues: liveRow(630, COLD), activities: [scaledIn] },
    'all low for 15 of 15 minutes: scales in once the alarms see it (cooldown for 3:50)',
  ],
  [
    'one task less would be too few',
    {
      ...three,
      notScaled: [{ startSeconds: 500, endSeconds: 600, reason: 'AutoScalingAnticipatedFlapping', currentCapacity: 3, cause: 'low' }],
    },
    'no scale-in: one task less would put a metric over its target again',
  ],
])('where %s', (_, changes, text) => {
  const state = liveState(changes);
  expect(nextStepLines(state, signalsOf(state.plan.policy, state.behavior))[0]).toBe(text);
});

test('while tasks are on their way, that comes next', () => {
  const state = liveState({
    activities: [liveActivity()],
    desiredCount: 4,
    tasks: [...liveState().tasks, { id: '3c', state: 'launching', ageSeconds: 5 }],
  });
  const wait = '1 of 4 tasks are starting; the cooldown begins when all run';
  expect(nextStepLines(state, [])[0]).toBe(wait);
  // a larger step would come first.
  expect(nextStepLines({ ...state, ...lately(3, HOT) }, signalsOf(state.plan.policy, state.behavior))).toEqual([
    'CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it',
    wait,
  ]);
});

test('where nothing scales in, nothing is said to', () => {
  const plan = {
    ...searchPlan(1, 4, []),
    policy: scalingPolicy({ minCapacity: 1, maxCapacity: 4, targetTracking: [cpuTarget(60, { disableScaleIn: true })] }),
  };
  const state = liveState({ plan });
  expect(nextStepLines(state, signalsOf(plan.policy, state.behavior))).toEqual(['no alarm scales in']);
});
