import { expect, onTestFinished, test, vi } from 'vitest';
import { type RuntimeOptions, runtimeChoiceOf } from '../../../cli/options/runtime-options';

test.each<[Partial<RuntimeOptions>, object]>([
  [{}, { kind: 'process', quota: 'auto' }],
  [{ dockerfile: 'Dockerfile' }, { kind: 'process', quota: 'auto', dockerfile: 'Dockerfile' }],
  [
    { runtime: 'docker', dockerfile: 'web/Dockerfile', command: 'node a.js', writable: ['/tmp'] },
    { kind: 'docker', dockerfile: 'web/Dockerfile', command: 'node a.js', writable: ['/tmp'] },
  ],
  [
    { quota: 'sigstop', command: 'node a.js' },
    { kind: 'process', quota: 'sigstop', command: 'node a.js' },
  ],
  [{ runtime: 'docker' }, { kind: 'docker' }],
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
  [{ writable: ['/tmp'] }, "--writable must go with --runtime docker or podman, got '/tmp' with process"],
  [{ runtime: 'docker', writable: ['tmp'] }, "--writable must be a directory of the container that starts with '/', got 'tmp'"],
  [{ image: 'a', dockerfile: 'b' }, "--image cannot be combined with --dockerfile, got 'a' and 'b'"],
])('%j is refused', (given, sentence) => {
  expect(() => runtimeChoiceOf({ runtime: 'process', ...given })).toThrow(sentence);
});

test('an image chooses the engine that runs, and needs one', () => {
  // no engine is found, whether this machine has one or not.
  vi.stubEnv('PATH', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(() => runtimeChoiceOf({ image: 'shop' })).toThrow(/^--image needs docker or podman, and neither runs here: .* with --command$/);
  expect(() => runtimeChoiceOf({ dockerfile: 'web' })).toThrow(/use --runtime process to run the CMD of web in its directory$/);
});
