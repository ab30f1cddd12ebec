import { expect, test } from 'vitest';
import { formatEngineError, runArguments } from '../../../../rehearsal/task-runtime/container/container-engine';
import type { TaskContainer } from '../../../../rehearsal/task-runtime/task-container';

const IDS = { name: 'one', owner: 'me', port: 4711 };
const PLAIN: TaskContainer = { image: 'shop:1', port: 8080, environment: {}, readonlyRootFilesystem: false, initProcessEnabled: false };

function commandLine(changes: Partial<TaskContainer>, engine: 'docker' | 'podman' = 'docker'): string {
  return runArguments(engine, { ...PLAIN, ...changes }, { cpu: 256, memoryMiB: 512 }, IDS).join(' ');
}

test('a container is limited to its task size, without swap, and published on this machine only', () => {
  expect(commandLine({})).toBe(
    'run --name one --label cdk-scalable-stateless-service.owner=me --sig-proxy=false --pull=never --no-healthcheck ' +
      '--cpus 0.25 --memory 512m --memory-swap 512m --publish 127.0.0.1:4711:8080 --env PORT=8080 shop:1',
  );
});

test.each<[string, Partial<TaskContainer>, string]>([
  ['variables, of which PORT is set by the rehearsal', { environment: { A: 'b c', PORT: '1' } }, '--env A=b c --env PORT=8080 shop:1'],
  ['a user', { user: '7:7' }, '--user 7:7 shop:1'],
  ['a folder', { workingDirectory: '/app' }, '--workdir /app shop:1'],
  ['a read-only root and an init process', { readonlyRootFilesystem: true, initProcessEnabled: true }, '--read-only --init shop:1'],
  [
    'writable folders',
    { readonlyRootFilesystem: true, writableDirectories: ['/tmp', '/a'] },
    '--read-only --volume /tmp --volume /a shop:1',
  ],
  ['dropped capabilities', { droppedCapabilities: ['NET_RAW', 'CHOWN'] }, '--cap-drop NET_RAW --cap-drop CHOWN shop:1'],
  ['a command', { command: ['node', 'a.js'] }, 'PORT=8080 shop:1 node a.js'],
  ['an entry point of several arguments', { entryPoint: ['sh', '-c'], command: ['x'] }, '--entrypoint sh shop:1 -c x'],
])('a container definition may have %s', (_, changes, end) => {
  expect(commandLine(changes).endsWith(end)).toBe(true);
});

test('podman mounts no writable folders over a read-only root', () => {
  expect(commandLine({ readonlyRootFilesystem: true }, 'podman')).toContain('--read-only --read-only-tmpfs=false');
});

test('what an engine reports is its last line that says why', () => {
  const stderr = "docker: Error response from daemon: No command specified\n\nRun 'docker run --help' for more information\n";
  expect(formatEngineError({ stderr, message: 'Command failed' })).toBe('docker: Error response from daemon: No command specified');
  expect(formatEngineError({ stderr: 'Error: no such image\n', message: 'Command failed' })).toBe('Error: no such image');
  expect(formatEngineError({ message: 'spawn docker EACCES' })).toBe('spawn docker EACCES');
});
