import { expect, test } from 'vitest';
import { platformErrors } from '../../../../rehearsal/task-runtime/supervisor/task-starters';

test.each([
  ['processes run on Linux', 'process', 'linux', []],
  ['containers run on Linux', 'docker', 'linux', []],
  ['containers run on macOS', 'podman', 'darwin', []],
  [
    'processes do not run on macOS',
    'process',
    'darwin',
    ['tasks can run as processes only on Linux: use --runtime docker or --runtime podman'],
  ],
  ['processes do not run on Windows', 'process', 'win32', ['tasks cannot run on Windows itself: use WSL, Linux or macOS']],
  ['containers do not run on Windows', 'docker', 'win32', ['tasks cannot run on Windows itself: use WSL, Linux or macOS']],
] as const)('%s', (_, runtime, platform, errors) => {
  const options = runtime === 'process' ? ({ runtime, quota: 'auto' } as const) : { runtime };
  expect(platformErrors(options, platform)).toEqual(errors);
});
