import { expect, test } from 'vitest';
import { buildArguments, type ImageBuild } from '../../../../cli/rehearsal/tasks/image-source';

const PLAIN: ImageBuild = { kind: 'build', hash: 'a1', folder: '/app', arguments: {}, contexts: {}, secrets: {} };

test('an image is built in its folder', () => {
  expect(buildArguments(PLAIN, 'app:a1')).toEqual(['build', '--tag', 'app:a1', '.']);
});

test('all that the list of assets says of a build is handed on', () => {
  const build: ImageBuild = {
    ...PLAIN,
    arguments: { VERSION: '1', WORDS: 'a b' },
    contexts: { shared: '../shared' },
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
