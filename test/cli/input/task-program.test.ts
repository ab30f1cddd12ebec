import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { programFromTemplate, programWithoutTemplate, type TaskProgram } from '../../../cli/input/task-program';
import { readPlanSource } from '../../../cli/input/template-source';
import type { RuntimeChoice } from '../../../cli/options/runtime-options';
import { PORT_PLACEHOLDER } from '../../../rehearsal/task-runtime/task-command';
import { DEFAULT_PLAN } from '../../../src/plan/default-service-plan';
import { shopTemplate } from '../shop-template';

const NEVER = new Promise<never>(() => {});
const HASH = 'c'.repeat(64);
const ASSET = { 'Fn::Sub': `registry/images:${HASH}` };

interface Assembly {
  readonly container: object;
  readonly source?: object;
  readonly dockerfile?: string;
}

/** The program of the tasks of a shop template with its assets in a folder. */
async function programFrom(
  { container, source, dockerfile = '' }: Assembly,
  choice: RuntimeChoice,
): Promise<{ program: TaskProgram; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, `asset.${HASH}`));
  writeFileSync(join(folder, `asset.${HASH}`, 'Dockerfile'), dockerfile);
  if (source !== undefined) writeFileSync(join(folder, 'Shop.assets.json'), JSON.stringify({ dockerImages: { [HASH]: { source } } }));
  const { Resources } = JSON.parse(shopTemplate()) as { Resources: Record<string, { Properties: Record<string, unknown> }> };
  Resources['Task']!.Properties['ContainerDefinitions'] = [{ Name: 'web', ...container }];
  const template = join(folder, 'Shop.template.json');
  writeFileSync(template, JSON.stringify({ Resources }));
  return { program: programFromTemplate(await readPlanSource({ template }, NEVER), choice), folder };
}

test('a process is stopped by the signal of the image in the template, also with another command', async () => {
  const dockerfile = 'FROM nginx\nSTOPSIGNAL SIGQUIT\nCMD ["nginx"]\n';
  const { program } = await programFrom({ container: { Image: ASSET }, dockerfile }, { kind: 'process', quota: 'auto', command: 'web' });
  expect(program).toMatchObject({ command: { program: 'web', stopSignal: 'SIGQUIT' } });
});

describe('a Compose file', () => {
  const programOf = async (settings: string, choice: RuntimeChoice): Promise<TaskProgram> => {
    const folder = mkdtempSync(join(tmpdir(), 'compose-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const template = join(folder, 'compose.yml');
    writeFileSync(template, `services: {web: {${settings}, ports: ['80'], stop_grace_period: 45s}}`);
    const source = await readPlanSource({ template, parameter: ['web.Cpu=256', 'web.Memory=512'] }, NEVER);
    expect(source.plan).toMatchObject({ task: { cpu: 256, memoryMiB: 512 }, container: { stopTimeoutSeconds: 45 } });
    return programFromTemplate(source, choice);
  };

  test.each<[string, string, string, RuntimeChoice]>([
    ['build', 'build: ./shop', 'shop/Dockerfile --runtime process, or set the command', { kind: 'process', quota: 'auto' }],
    [
      'build with a name',
      'build: {context: ., dockerfile: prod.Dockerfile}',
      'prod.Dockerfile --runtime process',
      { kind: 'process', quota: 'auto' },
    ],
    ['build, in a container', 'build: ./shop', 'build it with --dockerfile', { kind: 'docker' }],
    ['an absolute build', 'build: /srv/app/', 'is built with /srv/app/Dockerfile: build it', { kind: 'docker' }],
    ['a build in the home folder', 'build: ~/app', 'is built with ~/app/Dockerfile: build it', { kind: 'docker' }],
    [
      'an absolute Dockerfile',
      'build: {context: ., dockerfile: /srv/web.Dockerfile}',
      'is built with /srv/web.Dockerfile: build it',
      { kind: 'docker' },
    ],
    ['a build of a URL', 'build: "https://github.com/a/b.git#main:docker"', 'name an image with --image', { kind: 'docker' }],
    [
      'a build of git',
      'build: {context: "git@github.com:a/b.git"}',
      'is from a registry or a repository',
      { kind: 'process', quota: 'auto' },
    ],
    ['a build of GitHub', 'build: github.com/a/b', 'name an image with --image', { kind: 'docker' }],
    ['a Dockerfile inline', 'build: {dockerfile_inline: FROM nginx}', 'name an image with --image', { kind: 'docker' }],
    ['image', 'image: nginx', 'the image of web is from a registry', { kind: 'process', quota: 'auto' }],
  ])('with %s says what to type', async (_, settings, message, choice) => {
    await expect(programOf(settings, choice)).rejects.toThrow(message);
  });

  test('with an image runs it in a container', async () => {
    expect(await programOf('image: nginx', { kind: 'docker' })).toMatchObject({ image: { kind: 'name', name: 'nginx' } });
  });
});

test.each([
  ['./web/Dockerfile', 'web/Dockerfile'],
  ['{dockerfile: prod.Dockerfile, context: web}', 'prod.Dockerfile'],
  ['{context: web}', 'web/Dockerfile'],
  ['{args: {A: b}}', 'Dockerfile'],
])('a Copilot manifest with the build %s has its path from the folder above copilot', async (build, path) => {
  const folder = mkdtempSync(join(tmpdir(), 'copilot-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'copilot', 'web'), { recursive: true });
  const template = join(folder, 'copilot', 'web', 'manifest.yml');
  writeFileSync(template, `{name: web, type: Backend Service, image: {build: ${build}, port: 80}, cpu: 256, memory: 512, count: 1}`);
  const source = await readPlanSource({ template }, NEVER);
  expect(() => programFromTemplate(source, { kind: 'docker' })).toThrow(`build it with --dockerfile ${join(folder, path)}`);
});

test('an asset is built by the asset manifest, and run by the container definition', async () => {
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
      readonlyRootFilesystem: true,
      writableDirectories: ['/tmp', '/var/cache'],
      droppedCapabilities: ['ALL'],
      initProcessEnabled: true,
    },
  });
});

test('without an asset manifest, the folder of the asset is built', async () => {
  const { program, folder } = await programFrom({ container: { Image: ASSET } }, { kind: 'podman' });
  expect(program).toMatchObject({ image: { kind: 'build', folder: join(folder, `asset.${HASH}`), arguments: {} } });
});

test.each([
  ['that of the template', { Image: 'shop:1' }, undefined, 'shop:1'],
  ['that of --image', { Image: ASSET }, 'other:2', 'other:2'],
])('the name of the image is %s', async (_, container, image, name) => {
  const { program } = await programFrom({ container }, { kind: 'docker', image });
  expect(program).toMatchObject({ image: { kind: 'name', name }, container: { readonlyRootFilesystem: false, initProcessEnabled: false } });
});

test('an image whose name is known only after deployment is an input error', async () => {
  const program = programFrom({ container: { Image: { 'Fn::ImportValue': 'Image' } } }, { kind: 'docker' });
  await expect(program).rejects.toThrow('has a name that is known only after deployment: name an image with --image');
});

test('an image that is built by a program is an input error', async () => {
  const program = programFrom({ container: { Image: ASSET }, source: { executable: ['./build.sh'] } }, { kind: 'docker' });
  await expect(program).rejects.toThrow("is built by './build.sh', not from a folder: build it, and name it with --image");
});

describe('without a template', () => {
  function folderWith(dockerfile: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'Web.Dockerfile'), dockerfile);
    writeFileSync(join(folder, 'web.js'), '');
    return folder;
  }

  test('the CMD of a Dockerfile runs as a process in its directory, or a command instead of it', () => {
    const folder = folderWith('FROM node\nSTOPSIGNAL SIGQUIT\nCMD ["node", "web.js"]\n');
    const dockerfile = join(folder, 'Web.Dockerfile');
    const commandOf = (choice: object) => programWithoutTemplate(DEFAULT_PLAN, { kind: 'process', quota: 'auto', dockerfile, ...choice });
    expect(commandOf({})).toMatchObject({ folder, command: { program: 'node', arguments: ['web.js'], stopSignal: 'SIGQUIT' } });
    expect(commandOf({ command: 'deno run web.js' })).toMatchObject({
      folder,
      command: { program: 'deno', workingDirectory: folder, stopSignal: 'SIGQUIT' },
    });
  });

  test('a Dockerfile is built, and a command with its variables takes the place of its CMD', () => {
    const folder = folderWith('FROM scratch\n');
    const program = programWithoutTemplate(DEFAULT_PLAN, {
      kind: 'docker',
      dockerfile: join(folder, 'Web.Dockerfile'),
      command: 'MODE=fast web --port $PORT',
      writable: ['/var/cache'],
    });
    expect(program).toMatchObject({
      kind: 'docker',
      image: { kind: 'build', folder, dockerfile: 'Web.Dockerfile' },
      container: {
        command: ['web', '--port', PORT_PLACEHOLDER],
        environment: { MODE: 'fast' },
        writableDirectories: ['/var/cache'],
        readonlyRootFilesystem: true,
      },
      isPortAssumed: true,
    });
  });

  test('the whole root can be writable', () => {
    const program = programWithoutTemplate(DEFAULT_PLAN, { kind: 'podman', image: 'nginx', writable: ['/'] });
    expect(program).toMatchObject({ image: { kind: 'name', name: 'nginx' }, container: { readonlyRootFilesystem: false } });
  });

  test('a Dockerfile that does not exist is an error', () => {
    expect(() => programWithoutTemplate(DEFAULT_PLAN, { kind: 'docker', dockerfile: '/no/such' })).toThrow(
      "--dockerfile must be a file, or a directory with a Dockerfile, got '/no/such'",
    );
  });
});
