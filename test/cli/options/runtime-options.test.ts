import { expect, test } from 'vitest';
import { type RuntimeOptions, runtimeChoiceOf } from '../../../cli/options/runtime-options';

test.each<[Partial<RuntimeOptions>, object]>([
  [{}, { kind: 'process', quota: 'auto', command: undefined }],
  [
    { quota: 'sigstop', command: 'node a.js' },
    { kind: 'process', quota: 'sigstop', command: 'node a.js' },
  ],
  [{ runtime: 'docker' }, { kind: 'docker', image: undefined }],
  [
    { runtime: 'podman', image: 'shop' },
    { kind: 'podman', image: 'shop' },
  ],
])('%j is read', (given, choice) => {
  expect(runtimeChoiceOf({ runtime: 'process', ...given })).toEqual(choice);
});

test.each<[Partial<RuntimeOptions>, string]>([
  [{ runtime: 'lxc' }, "--runtime must be one of process, docker, podman, got 'lxc'"],
  [{ quota: 'nice' }, "--quota must be one of auto, cgroup, sigstop, got 'nice'"],
  [{ image: 'shop' }, "--image must go with --runtime docker or podman, got 'shop' with process"],
  [{ runtime: 'docker', quota: 'cgroup' }, "--quota must go with --runtime process, got 'cgroup' with docker, whose engine limits the CPU"],
  [{ runtime: 'podman', command: 'x' }, "--command must go with --runtime process, got 'x' with podman, which starts an image"],
])('%j is refused', (given, sentence) => {
  expect(() => runtimeChoiceOf({ runtime: 'process', ...given })).toThrow(sentence);
});
