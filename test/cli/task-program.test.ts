import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RuntimeChoice } from '../../cli/runtime-options';
import { programOf, type TaskProgram } from '../../cli/task-program';
import { readPlanSource } from '../../cli/template-source';
import { shopTemplate } from './shop-template';

const NEVER = new Promise<never>(() => {});
const HASH = 'c'.repeat(64);
const ASSET = { 'Fn::Sub': `registry/images:${HASH}` };

interface Assembly {
  readonly container: object;
  readonly source?: object;
}

/** What the tasks of a shop run whose template and assets stand in a folder. */
async function programFrom({ container, source }: Assembly, choice: RuntimeChoice): Promise<{ program: TaskProgram; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, `asset.${HASH}`));
  if (source !== undefined) writeFileSync(join(folder, 'Shop.assets.json'), JSON.stringify({ dockerImages: { [HASH]: { source } } }));
  const { Resources } = JSON.parse(shopTemplate()) as { Resources: Record<string, { Properties: Record<string, unknown> }> };
  Resources['Task']!.Properties['ContainerDefinitions'] = [{ Name: 'web', ...container }];
  const template = join(folder, 'Shop.template.json');
  writeFileSync(template, JSON.stringify({ Resources }));
  return { program: programOf(await readPlanSource({ template }, NEVER), choice), folder };
}

test('an asset is built as the list of assets says, and run as the container definition says', async () => {
  const container = {
    Image: ASSET,
    EntryPoint: ['sh', '-c'],
    Command: ['node a.js'],
    User: '7',
    WorkingDirectory: '/app',
    ReadonlyRootFilesystem: true,
    LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } },
    MountPoints: [
      { ContainerPath: '/tmp', ReadOnly: false, SourceVolume: 'writable-1' },
      { ContainerPath: '/var/cache', SourceVolume: 'writable-2' },
      { ContainerPath: '/etc/shop', ReadOnly: true, SourceVolume: 'settings' },
    ],
    Environment: [{ Name: 'A', Value: 'b' }],
  };
  const source = { directory: `asset.${HASH}`, dockerFile: 'Other', dockerBuildArgs: { V: '1' }, platform: 'linux/arm64' };
  const { program, folder } = await programFrom({ container, source }, { kind: 'docker' });
  expect(program).toMatchObject({
    kind: 'docker',
    image: {
      kind: 'build',
      hash: HASH,
      folder: join(folder, `asset.${HASH}`),
      dockerfile: 'Other',
      arguments: { V: '1' },
      platform: 'linux/arm64',
    },
    container: {
      port: 8080,
      environment: { A: 'b' },
      entryPoint: ['sh', '-c'],
      command: ['node a.js'],
      user: '7',
      workingDirectory: '/app',
      hasReadOnlyRoot: true,
      writableDirectories: ['/tmp', '/var/cache'],
      droppedCapabilities: ['ALL'],
      hasInitProcess: true,
    },
  });
});

test('without a list of assets, the folder of the asset is built', async () => {
  const { program, folder } = await programFrom({ container: { Image: ASSET } }, { kind: 'podman' });
  expect(program).toMatchObject({ image: { kind: 'build', folder: join(folder, `asset.${HASH}`), arguments: {} } });
});

test.each([
  ['the one of the template', { Image: 'shop:1' }, undefined, 'shop:1'],
  ['the one that was asked for', { Image: ASSET }, 'other:2', 'other:2'],
])('an image by its name is %s', async (_, container, image, name) => {
  const { program } = await programFrom({ container }, { kind: 'docker', image });
  expect(program).toMatchObject({ image: { kind: 'name', name }, container: { hasReadOnlyRoot: false, hasInitProcess: false } });
});

test('an image whose name only a deployment knows has to be named', async () => {
  const refused = programFrom({ container: { Image: { 'Fn::ImportValue': 'Image' } } }, { kind: 'docker' });
  await expect(refused).rejects.toThrow(
    'must have a name that is known before it is deployed, got one that only a deployment tells: name one with --image',
  );
});

test('an image that a program of its own builds has to be named', async () => {
  const refused = programFrom({ container: { Image: ASSET }, source: { executable: ['./build.sh'] } }, { kind: 'docker' });
  await expect(refused).rejects.toThrow(
    "must be built from a folder, got one that is built by './build.sh': build it, and name it with --image",
  );
});
