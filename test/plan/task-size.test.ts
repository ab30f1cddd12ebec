import { expect, test } from 'vitest';
import { formatError } from '../../src/parse/validation-error';
import { taskSizeErrors, vcpuOf } from '../../src/plan/task-size';

test.each([
  [256, 512],
  [256, 2048],
  [512, 4096],
  [1024, 2048],
  [2048, 16_384],
  [4096, 30_720],
  [8192, 20_480],
  [16_384, 122_880],
])('Fargate offers cpu %d with %d MiB', (cpu, memoryMiB) => {
  expect(taskSizeErrors({ cpu, memoryMiB })).toEqual([]);
});

test.each([
  [257, 512, 'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate, got 257'],
  [256, 511, 'memoryLimitMiB must be one of 512, 1024, 2048 for cpu (256) on Fargate, got 511'],
  [256, 3072, 'memoryLimitMiB must be one of 512, 1024, 2048 for cpu (256) on Fargate, got 3072'],
  [1024, 1024, 'memoryLimitMiB must be one of 2048 to 8192 in steps of 1024 for cpu (1024) on Fargate, got 1024'],
  [8192, 17_408, 'memoryLimitMiB must be one of 16384 to 61440 in steps of 4096 for cpu (8192) on Fargate, got 17408'],
])('refuses cpu %d with %d MiB', (cpu, memoryMiB, error) => {
  expect(taskSizeErrors({ cpu, memoryMiB }).map(formatError)).toEqual([error]);
});

test('1,024 CPU units are one vCPU', () => {
  expect(vcpuOf({ cpu: 256, memoryMiB: 512 })).toBe(0.25);
});
