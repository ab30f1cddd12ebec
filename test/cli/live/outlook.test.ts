import { expect, test } from 'vitest';
import type { LiveReading, LiveState } from '../../../cli/live/live-state';
import { outlookOf } from '../../../cli/live/outlook';
import { signalsOf } from '../../../cli/live/signals';
import { scalingPolicy } from '../../../src/plan/policy';
import { cpuTarget, searchPlan } from '../../search-plan';
import { liveActivity, liveRow, liveState, minutes } from './states';

const COLD: LiveReading = { cpuUtilizationPercent: 20 };
const HOT: LiveReading = { cpuUtilizationPercent: 90 };
const three = { desiredCount: 3 };
const scaledIn = liveActivity({ fromCapacity: 4, toCapacity: 3, startSeconds: 500, statusCode: 'Successful', endSeconds: 560 });

/** Ten minutes, the last of which are different. */
function lately(count: number, changes: LiveReading): Pick<LiveState, 'timeline'> {
  return { timeline: [...minutes(10 - count, {}), ...minutes(count, changes)] };
}

test.each<[string, Partial<LiveState>, string]>([
  ['nothing is to be done', {}, 'at the minimum of 2: nothing to take away'],
  ['nobody serves', { tasks: [] }, 'no task is healthy: ECS replaces them, and scaling waits for their metrics'],
  ['one minute is over', lately(1, HOT), 'CPU above 60 % for 1 of 3 minutes: 2 more and it scales out'],
  ['two minutes are over', lately(2, HOT), 'CPU above 60 % for 2 of 3 minutes: 1 more and it scales out'],
  ['three minutes are over', lately(3, HOT), 'CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it'],
  // a minute between two others is not enough: it begins again.
  [
    'it is over no more',
    { timeline: [...minutes(8, {}), liveRow(540, HOT), liveRow(600)] },
    'CPU above 60 % for 1 of 3 minutes: 3 more and it scales out',
  ],
  [
    'both signals are over',
    lately(3, { ...HOT, requestCountPerTarget: 9000 }),
    'CPU above 60 %, Requests above 6,000/min for 3 of 3 minutes: scales out once the alarm sees it',
  ],
  ['it is at its maximum', { ...lately(3, HOT), desiredCount: 6 }, 'CPU above 60 % for 3 of 3 minutes, and 6 tasks are all there may be'],
  [
    'it has just scaled out',
    { ...lately(3, HOT), activities: [liveActivity({ statusCode: 'Successful', endSeconds: 580 })] },
    'CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it (only larger steps count for 4:10)',
  ],
  ['one signal is not low', { ...three }, 'a task goes after 15 minutes of CPU below 54 %'],
  [
    'some minutes are low',
    { ...three, ...lately(4, COLD), now: liveRow(630, COLD) },
    'CPU below 54 % for 4 of 15 minutes: 11 more and a task goes',
  ],
  [
    'all minutes are low',
    { ...three, timeline: minutes(15, COLD), now: liveRow(630, COLD), activities: [scaledIn] },
    'all low for 15 of 15 minutes: a task goes once the alarms see it (cooldown for 3:50)',
  ],
  [
    'one task less would be too few',
    {
      ...three,
      notScaled: [{ startSeconds: 500, endSeconds: 600, reason: 'AutoScalingAnticipatedFlapping', currentCapacity: 3, cause: 'low' }],
    },
    'holds back: one task less would put a signal over its target again',
  ],
])('where %s', (_, changes, text) => {
  const state = liveState(changes);
  expect(outlookOf(state, signalsOf(state.plan.policy, state.behavior))[0]).toBe(text);
});

test('while tasks are on their way, that comes next', () => {
  const state = liveState({
    activities: [liveActivity()],
    desiredCount: 4,
    tasks: [...liveState().tasks, { id: '3c', state: 'launching', ageSeconds: 5 }],
  });
  const wait = '1 of 4 tasks on their way; the cooldown begins when all run';
  expect(outlookOf(state, [])[0]).toBe(wait);
  // a larger step would come first.
  expect(outlookOf({ ...state, ...lately(3, HOT) }, signalsOf(state.plan.policy, state.behavior))).toEqual([
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
  expect(outlookOf(state, signalsOf(plan.policy, state.behavior))).toEqual(['no alarm takes tasks away']);
});
