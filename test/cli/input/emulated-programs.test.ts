import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { EmulatedPrograms } from '../../../cli/input/emulated-programs';
import type { AwsObject } from '../../../emulation/front/aws-call';
import { ImageRecords } from '../../../emulation/images/image-records';
import type { SharedSupervisor } from '../../../rehearsal/task-runtime/shared-supervisor';
import type { TaskCommand } from '../../../rehearsal/task-runtime/task-command';

const NGINX = 'public.ecr.aws/nginx/nginx';
const ASSET = `1.dkr.ecr.us-east-1.amazonaws.com/assets:${'a'.repeat(64)}`;
const SIZE = { cpu: 256, memoryMiB: 512 };

interface Given {
  readonly command?: string;
  readonly taskCommands?: Readonly<Record<string, string>>;
  readonly imageCommands?: Readonly<Record<string, string>>;
  /** The Dockerfile of the asset. */
  readonly dockerfile?: string;
  readonly installed?: readonly string[];
}

/** The command that a container of the family `web` is started with, and the folder of the asset. */
async function commandOf(container: AwsObject, given: Given = {}): Promise<{ readonly words: string; readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const images = new ImageRecords(join(folder, 'images'));
  const build = join(folder, 'build');
  mkdirSync(build);
  writeFileSync(join(build, 'server.js'), '');
  writeFileSync(join(build, 'Dockerfile'), given.dockerfile ?? 'FROM node\nCMD ["node", "server.js"]\n');
  images.add(ASSET, { folder: build, buildArguments: {} });
  const path = join(folder, 'bin');
  mkdirSync(path);
  for (const name of given.installed ?? []) {
    writeFileSync(join(path, name), '');
    chmodSync(join(path, name), 0o755);
  }
  vi.stubEnv('PATH', path);
  onTestFinished(() => void vi.unstubAllEnvs());
  const commands: TaskCommand[] = [];
  // what starts the processes has no part in which command it is.
  const supervisor = { engine: undefined, processes: (command: TaskCommand) => commands.push(command) } as unknown as SharedSupervisor;
  const [taskCommands, imageCommands] = [given.taskCommands, given.imageCommands].map(
    (commands_) => new Map(Object.entries(commands_ ?? {})),
  );
  const programs = new EmulatedPrograms({
    supervisor,
    images,
    command: given.command,
    taskCommands: taskCommands!,
    imageCommands: imageCommands!,
    interrupted: new Promise<never>(() => {}),
  });
  await programs.start({ family: 'web', container, size: SIZE });
  const [{ program, arguments: args }] = commands as [TaskCommand];
  return { words: [program, ...args].join(' '), folder: build };
}

describe('a container is started as a process', () => {
  test.each<[string, AwsObject, Given, string]>([
    ['by the CMD of the Dockerfile that it was built with', { image: ASSET }, {}, 'node server.js'],
    [
      'by the command for its image, without its tag',
      { image: `${NGINX}:stable` },
      { imageCommands: { [NGINX]: 'node a.js' } },
      'node a.js',
    ],
    [
      'by the command for its image with its tag, before that without',
      { image: `${NGINX}:stable` },
      { imageCommands: { [NGINX]: 'node a.js', [`${NGINX}:stable`]: 'node b.js' } },
      'node b.js',
    ],
    [
      'by the command for its family, before any other',
      { image: `${NGINX}:stable`, entryPoint: ['sh'] },
      { taskCommands: { web: 'node c.js' }, imageCommands: { [NGINX]: 'node a.js' }, command: 'node d.js' },
      'node c.js',
    ],
    ['by the command for all', { image: ASSET }, { command: 'node d.js' }, 'node d.js'],
    [
      'by its own entry point, which replaces that of the image',
      { image: NGINX, entryPoint: ['sh', '-c'], command: ['exit 1'] },
      { imageCommands: { [NGINX]: 'node a.js' } },
      'sh -c exit 1',
    ],
    [
      'as a load generator where that is installed, whatever the command for all is',
      { image: 'grafana/k6:1.8.1', entryPoint: ['sh', '-c', 'k6 run'], command: ['plan'] },
      { installed: ['k6'], command: 'node d.js' },
      'sh -c k6 run plan',
    ],
    ['as a load generator without an entry point', { image: 'docker.io/locustio/locust' }, { installed: ['locust'] }, 'locust'],
  ])('%s', async (_, container, given, words) => {
    expect((await commandOf(container, given)).words).toBe(words);
  });

  test('as a load generator with programs that its image adds: they are read from the build folder', async () => {
    const dockerfile = `ARG VERSION=1\nFROM grafana/k6:\${VERSION}\nCOPY main.js script.js /load-test/\n`;
    const container = { image: ASSET, entryPoint: ['sh', '-c', 'cp /load-test/* . && k6 run'] };
    const { words, folder } = await commandOf(container, { dockerfile, installed: ['k6'] });
    expect(words).toBe(`sh -c cp ${folder}/* . && k6 run`);
  });

  test.each<[string, AwsObject, RegExp]>([
    ['a load generator that is not installed', { image: 'grafana/k6:1.8.1' }, /^k6 is not installed.* go install go\.k6\.io\/k6@v1\.8\.1$/],
    ['an image that was not built', { image: `${NGINX}:stable` }, /--image-command 'public\.ecr\.aws\/nginx\/nginx=node server\.js'/],
  ])('%s is an error that says what to type', async (_, container, message) => {
    await expect(commandOf(container)).rejects.toThrow(message);
  });
});
