import { expect, test } from 'vitest';
import { runArguments } from '../../../../cli/rehearsal/tasks/container-arguments';
import type { TaskContainer } from '../../../../cli/rehearsal/tasks/task-container';

const NAMES = { name: 'one', owner: 'me', port: 4711 };
const PLAIN: TaskContainer = { image: 'shop:1', port: 8080, environment: {}, hasReadOnlyRoot: false, hasInitProcess: false };

function words(changes: Partial<TaskContainer>, engine: 'docker' | 'podman' = 'docker'): string {
  return runArguments(engine, { ...PLAIN, ...changes }, { cpu: 256, memoryMiB: 512 }, NAMES).join(' ');
}

test('a container is held to the size of its task, without swap, and reached on this machine alone', () => {
  expect(words({})).toBe(
    'run --name one --label cdk-scalable-stateless-service.owner=me --sig-proxy=false --pull=never ' +
      '--cpus 0.25 --memory 512m --memory-swap 512m --publish 127.0.0.1:4711:8080 --env PORT=8080 shop:1',
  );
});

test.each<[string, Partial<TaskContainer>, string]>([
  ['variables, of which PORT is ours', { environment: { A: 'b c', PORT: '1' } }, '--env A=b c --env PORT=8080 shop:1'],
  ['a user', { user: '7:7' }, '--user 7:7 shop:1'],
  ['a folder', { workingDirectory: '/app' }, '--workdir /app shop:1'],
  ['a read-only root and a first process', { hasReadOnlyRoot: true, hasInitProcess: true }, '--read-only --init shop:1'],
  ['folders to write to', { hasReadOnlyRoot: true, writableDirectories: ['/tmp', '/a'] }, '--read-only --volume /tmp --volume /a shop:1'],
  ['rights to do without', { droppedCapabilities: ['NET_RAW', 'CHOWN'] }, '--cap-drop NET_RAW --cap-drop CHOWN shop:1'],
  ['a command', { command: ['node', 'a.js'] }, 'PORT=8080 shop:1 node a.js'],
  ['an entry point of several words', { entryPoint: ['sh', '-c'], command: ['x'] }, '--entrypoint sh shop:1 -c x'],
])('a container definition may name %s', (_, changes, end) => {
  expect(words(changes).endsWith(end)).toBe(true);
});

test('podman lays no writable folders over a read-only root', () => {
  expect(words({ hasReadOnlyRoot: true }, 'podman')).toContain('--read-only --read-only-tmpfs=false');
});
