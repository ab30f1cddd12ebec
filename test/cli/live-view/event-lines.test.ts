import { expect, test } from 'vitest';
import { loggedEventLines } from '../../../cli/live-view/event-lines';
import type { LiveState } from '../../../cli/live-view/live-state';
import { renderContextOf } from '../../../cli/live-view/styled-text';
import { liveActivity, liveState } from './states';

function drawn(changes: Partial<LiveState>, rows = 9, width = 100): string[] {
  const lines = loggedEventLines(liveState(changes), rows, renderContextOf(width, { hasColors: false, supportsUnicode: true }));
  return lines.map((line) => line.map(({ text }) => text).join(''));
}

const held = { startSeconds: 120, endSeconds: 400, reason: 'AlreadyAtMaxCapacity', currentCapacity: 6, cause: 'an alarm' } as const;
const killed = { atSeconds: 300, kind: 'fault', description: '1 task killed' } as const;
const lost = { atSeconds: 300, kind: 'task-lost', description: 'a task ended with SIGKILL' } as const;

test('events are one per line, the newest first', () => {
  expect(drawn({ activities: [liveActivity({ startSeconds: 240 })], notScaled: [held], events: [killed, lost] })).toEqual([
    '  2:00  = stays at 6 until 6:40: already at maximum capacity',
    '  5:00  ✗ a task ended with SIGKILL',
    '  5:00  ✗ 1 task killed',
    '  4:00  ▲ 2 → 4  CPU 91.3 %, target 60 %  in progress  monitor alarm TargetTracking-Cpu-AlarmHigh i…',
  ]);
});

test.each([
  [{ statusCode: 'Successful', endSeconds: 665 }, ' 10:00  ▲ 2 → 4  CPU 91.3 %, target 60 %  done in 1:05'],
  [{ statusCode: 'Overridden' }, ' 10:00  ▲ 2 → 4  CPU 91.3 %, target 60 %  overridden'],
  [{ statusCode: 'Unfulfilled', toCapacity: 1 }, ' 10:00  ▼ 2 → 1  CPU 91.3 %, target 60 %  not fulfilled'],
  [
    { origin: 'scheduled-action', metric: undefined, cause: 'scheduled action Morning set the minimum to 4' },
    ' 10:00  ▲ 2 → 4  scheduled action Morning set the minimum to 4  in progress',
  ],
  [
    { origin: 'step-scaling', metric: 'ALBRequestCountPerTarget', metricValue: 7000, targetValue: 6000 },
    ' 10:00  ▲ 2 → 4  Requests 7,000/min, threshold 6,000/min  in progress',
  ],
] as const)('an activity that is %j says so', (changes, text) => {
  expect(drawn({ activities: [liveActivity(changes)] })[0]).toContain(text);
});

test('only the newest are shown where there is no room for more', () => {
  expect(
    drawn({ events: [{ ...killed, atSeconds: 100 }, { ...killed, atSeconds: 200 }, killed] }, 2).map((line) => line.slice(0, 6)),
  ).toEqual(['  5:00', '  3:20']);
});

test('what a task wrote is shown as text', () => {
  expect(drawn({ events: [{ ...lost, description: 'exit code 1:\n\x1b[2J\x1b[31mboom' }] })).toEqual(['  5:00  ✗ exit code 1: boom']);
});

test('nothing is said to have happened where nothing has', () => {
  expect(drawn({})).toEqual(['none yet']);
  expect(drawn({}, 0)).toEqual([]);
});
