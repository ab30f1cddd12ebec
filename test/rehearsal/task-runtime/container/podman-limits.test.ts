import { expect, test } from 'vitest';
import { type HardLimits, limitArguments, parseHardLimits } from '../../../../rehearsal/task-runtime/container/podman-limits';

const LIMITS = [
  'Limit                     Soft Limit           Hard Limit           Units     ',
  'Max cpu time              unlimited            unlimited            seconds   ',
  'Max processes             96365                96365                processes ',
  'Max open files            1024                 20000                files     ',
].join('\n');

test('the hard limits of a process are read, and Podman lowers that of processes to the highest process id', () => {
  expect(parseHardLimits(LIMITS, 32_768)).toEqual({ openFiles: 20_000, processes: 32_768 });
  expect(parseHardLimits(LIMITS, 4_194_304)).toEqual({ openFiles: 20_000, processes: 96_365 });
  expect(parseHardLimits(LIMITS.replace('20000', 'unlimited'), 32_768).openFiles).toBe(Infinity);
});

test.each<[string, HardLimits, string]>([
  ['less than Fargate gives', { openFiles: 20_000, processes: 32_768 }, '--ulimit nofile=20000:20000 --ulimit nproc=32768:32768'],
  ['more than Fargate gives', { openFiles: 524_288, processes: 96_365 }, '--ulimit nofile=65535:65535 --ulimit nproc=96365:96365'],
  ['what Podman asks for by itself', { openFiles: 1_048_576, processes: 32_768 }, ''],
])('Podman on a machine with %s', (_, limits, expected) => {
  expect(limitArguments('podman', limits).join(' ')).toBe(expected);
});

test('Docker, and Podman in a virtual machine, use the limits of their own machine', () => {
  expect(limitArguments('docker', { openFiles: 20_000, processes: 32_768 })).toEqual([]);
  expect(limitArguments('podman', undefined)).toEqual([]);
});
