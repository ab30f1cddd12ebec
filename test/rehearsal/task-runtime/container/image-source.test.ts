import { expect, test } from 'vitest';
import { buildArguments, type ImageBuild } from '../../../../rehearsal/task-runtime/container/prepare-image';

const PLAIN: ImageBuild = { kind: 'build', hash: 'a1', folder: '/app', arguments: {}, buildContexts: {}, secrets: {} };

test('an image is built in its folder', () => {
  expect(buildArguments(PLAIN, 'app:a1')).toEqual(['build', '--tag', 'app:a1', '.']);
});

test('every build option of the asset manifest is passed on', () => {
  const build: ImageBuild = {
    ...PLAIN,
    arguments: { VERSION: '1', WORDS: 'a b' },
    buildContexts: { shared: '../shared' },
    secrets: { key: 'src=key.txt' },
    ssh: 'default',
    target: 'run',
    dockerfile: 'docker/Dockerfile',
    network: 'host',
    platform: 'linux/arm64',
  };
  expect(buildArguments(build, 'app:a1').slice(3)).toEqual([
    ...['--build-arg', 'VERSION=1', '--build-arg', 'WORDS=a b', '--build-context', 'shared=../shared', '--secret', 'id=key,src=key.txt'],
    ...['--ssh', 'default', '--target', 'run', '--file', 'docker/Dockerfile', '--network', 'host', '--platform', 'linux/arm64', '.'],
  ]);
});
