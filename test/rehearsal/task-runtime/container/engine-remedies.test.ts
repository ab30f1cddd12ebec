import { expect, test } from 'vitest';
import { withRemedies } from '../../../../rehearsal/task-runtime/container/engine-remedies';

/** Printed by Podman 4.3 with crun 1.8.1, on Linux 6.18 with control groups of both versions, and without catatonit. */
test.each([
  ['Error: OCI runtime error: crun: cgroups in hybrid mode not supported, drop all controllers from cgroupv2', 'runtime = "runc"'],
  [
    'error running container: from /usr/bin/crun creating container for [/bin/node --version]: cgroups in hybrid mode not supported, drop all controllers from cgroupv2\n: exit status 1',
    'runtime = "runc"',
  ],
  [
    'Error: container-init binary not found on the host: stat /usr/libexec/podman/catatonit: no such file or directory',
    'apt-get install catatonit',
  ],
])('what to do is added to %s', (printed, remedy) => {
  expect(withRemedies(printed).startsWith(`${printed}\n→ `)).toBe(true);
  expect(withRemedies(printed)).toContain(remedy);
});

test('any other refusal stays as the engine printed it', () => {
  expect(withRemedies('Error: no such image\n')).toBe('Error: no such image');
});
