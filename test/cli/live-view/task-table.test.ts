import { describe, expect, test } from 'vitest';
import type { LiveTask } from '../../../cli/live-view/live-state';
import { renderContextOf } from '../../../cli/live-view/styled-text';
import { taskLines } from '../../../cli/live-view/task-table';
import { liveTask } from './states';

function drawn(tasks: readonly LiveTask[], rows: number, width: number): string[] {
  const lines = taskLines(tasks, rows, renderContextOf(width, { hasColors: false, supportsUnicode: true }));
  return lines.map((line) =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  );
}

const many = Array.from({ length: 9 }, (_, index) =>
  liveTask({ id: `t${index}`, cpuPercent: 30 + index, state: index === 7 ? 'paused' : 'healthy' }),
);

describe('the table of tasks', () => {
  test('has a line for each, in columns', () => {
    const starting = liveTask({
      id: '3c',
      state: 'starting',
      cpuPercent: undefined,
      memoryPercent: undefined,
      servedRequestsPerSecond: undefined,
    });
    expect(drawn([liveTask({ cpuPercent: 97 }), starting], 9, 78)).toEqual([
      'task  state      zone  rev      age  CPU                  memory         req/s',
      '1a    healthy    a     1      10:30  ━━━━━━━━━━━━╸  97 %  ╸─────  12 %      10',
      '3c    starting   a     1      10:30  ─────────────     -  ──────     -       -',
    ]);
  });

  test('has no columns that no task knows of', () => {
    const task = { id: 'x', state: 'healthy', ageSeconds: 61, cpuPercent: 50 } as const;
    expect(drawn([task], 9, 60)[0]).toBe('task  state          age  CPU                          req/s');
  });

  test('leaves columns out where it gets narrow, the least important first', () => {
    const headings = [65, 64, 51, 50, 44, 43, 37, 36, 28].map((width) => drawn([liveTask()], 2, width)[0]!.split(/ +/).join(' '));
    expect(headings).toEqual([
      'task state zone rev age CPU memory req/s',
      'task state zone rev CPU memory req/s',
      'task state zone CPU memory req/s',
      'task state zone rev CPU memory req/s',
      'task state zone CPU memory req/s',
      'task state CPU memory req/s',
      'task state CPU req/s',
      'task state CPU req/s',
      'task state CPU',
    ]);
  });

  test('folds the healthy ones that do not fit, and keeps the others', () => {
    const lines = drawn(many, 6, 44);
    expect(lines.map((line) => line.slice(0, 15).trimEnd())).toEqual([
      'task  state',
      't0    healthy',
      't1    healthy',
      't2    healthy',
      't7    paused',
      '… and 5 healthy',
    ]);
    expect(lines.at(-1)).toBe('… and 5 healthy, CPU 33 to 38 %');
  });

  test('is in several tables side by side if there is room', () => {
    const lines = drawn(many, 6, 100);
    expect(lines).toHaveLength(6);
    expect(lines[0]!.match(/task/g)).toHaveLength(2);
    expect(lines[1]).toMatch(/^t0 .* t5 /);
    expect(lines.join()).not.toContain('…');
  });

  test('is not there without room for a task', () => {
    expect(drawn(many, 1, 80)).toEqual([]);
  });

  test('is a line of headings where there are no tasks', () => {
    expect(drawn([], 5, 80)).toHaveLength(1);
  });
});
