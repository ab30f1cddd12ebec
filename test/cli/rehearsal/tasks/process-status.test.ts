import { expect, test } from 'vitest';
import { cpuSecondsByProcess, parseProcessStatus } from '../../../../cli/rehearsal/tasks/process-status';

test.each([
  ['macOS', '  4711   0:02.50', 2.5],
  ['macOS after hours', '4711 125:07.25', 7507.25],
  ['Linux', '   4711 01:02:03', 3723],
  ['Linux after days', '   4711 2-00:00:01', 172_801],
])('reads what ps prints on %s', (_platform, line, seconds) => {
  expect(parseProcessStatus(`${line}\n`)).toEqual(new Map([[4711, seconds]]));
});

test('reads one line for each process and no empty ones', () => {
  expect([...parseProcessStatus('  1 0:01.00\n 20 0:02.00\n\n').keys()]).toEqual([1, 20]);
});

test('leaves out a process that has ended', async () => {
  const nobody = 2 ** 22 + 1;
  const answers = await cpuSecondsByProcess([process.pid, nobody]);
  expect([...answers.keys()]).toEqual([process.pid]);
});
