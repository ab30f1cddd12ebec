import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CheckOptions } from '../../../cli/check/checked-task';
import { type ContainerImage, readContainerImage } from '../../../cli/check/container-image';
import { hasReadOnlyRootFilesystem } from '../../../cli/check/has-read-only-root-filesystem';
import { matchesCpuArchitecture } from '../../../cli/check/matches-cpu-architecture';
import { runsAsNonRoot } from '../../../cli/check/runs-as-non-root';
import { readChosenTask } from '../../../cli/input/chosen-task';
import { DEFAULT_PLAN } from '../../../src/plan/default-service-plan';
import { shopTemplate } from '../shop-template';

const HASH = 'a'.repeat(64);
const NEVER = new Promise<never>(() => {});

/** The cloud assembly of an app with one service and one image. */
function assembly(container: object, asset: object, dockerfile: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, `asset.${HASH}`));
  writeFileSync(join(folder, `asset.${HASH}`, 'Dockerfile'), dockerfile);
  writeFileSync(join(folder, 'Shop.assets.json'), JSON.stringify({ dockerImages: { [HASH]: { source: asset } } }));
  const { Resources } = JSON.parse(shopTemplate());
  Resources.Task.Properties.ContainerDefinitions = [
    { Name: 'agent', User: 'root' },
    { Name: 'web', Image: { 'Fn::Sub': `registry/images:${HASH}` }, ...container },
  ];
  const template = join(folder, 'Shop.template.json');
  writeFileSync(template, JSON.stringify({ Resources }));
  return template;
}

async function imageOf(container: object, asset: object, dockerfile = 'FROM node\nCMD ["node"]\n'): Promise<ContainerImage> {
  const template = assembly(container, asset, dockerfile);
  return readContainerImage(
    await readChosenTask({ template, runtime: { kind: 'process', quota: 'auto', command: 'node server.js' }, changes: [] }, NEVER),
  );
}

test('a process with the CMD of a Dockerfile has the user and the base image of that file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dockerfile = join(folder, 'web.Dockerfile');
  writeFileSync(dockerfile, 'FROM node:24\nUSER 10001:10001\nCMD ["node", "-v"]\n');
  for (const template of [undefined, assembly({}, {}, 'FROM python\nUSER root\n')]) {
    const task = await readChosenTask({ template, runtime: { kind: 'process', quota: 'auto', dockerfile }, changes: [] }, NEVER);
    const image = readContainerImage(task);
    expect(image.baseImage).toBe('node:24');
    expect(await runsAsNonRoot({ options: { image } as CheckOptions })).toEqual({
      status: 'ok',
      reason: 'the Dockerfile sets user 10001:10001',
    });
  }
});

test('reads the container from the template, the asset manifest and the Dockerfile', async () => {
  const dockerfile = 'FROM node AS build\nUSER root\nFROM node\nUSER 10001:10001\nCMD ["node"]\n';
  expect(await imageOf({ User: '7', ReadonlyRootFilesystem: true }, { platform: 'linux/arm64' }, dockerfile)).toEqual({
    isAsset: true,
    platform: 'linux/arm64',
    dockerfile,
    user: '7',
    readonlyRootFilesystem: true,
    initProcessEnabled: false,
    stopSignal: undefined,
    baseImage: 'node',
  });
  expect(await imageOf({}, {}, 'FROM nginx:1.27\nSTOPSIGNAL SIGQUIT\nCMD ["nginx"]\n')).toMatchObject({
    baseImage: 'nginx:1.27',
    stopSignal: 'SIGQUIT',
  });
  expect(await imageOf({}, {})).toMatchObject({ isAsset: true, platform: undefined, user: undefined, readonlyRootFilesystem: false });
});

test('a container of another Dockerfile is not stopped by the signal of the one in the template', async () => {
  const template = assembly({}, {}, 'FROM nginx\nSTOPSIGNAL SIGQUIT\nCMD ["nginx"]\n');
  const dockerfile = join(template, '..', 'Other.Dockerfile');
  writeFileSync(dockerfile, 'FROM node\n');
  const chosen = await readChosenTask({ template, runtime: { kind: 'docker', dockerfile }, changes: [] }, NEVER);
  expect(readContainerImage(chosen).stopSignal).toBeUndefined();
});

/** What the checks of the image read of a task that ran in an empty folder. */
function taskOf(image: ContainerImage, architecture: 'ARM64' | 'X86_64' = 'ARM64') {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const defaults = DEFAULT_PLAN;
  const plan = { ...defaults, infrastructure: { ...defaults.infrastructure, architecture } };
  const options: CheckOptions = { plan, folder, paths: ['/'], image, isThorough: false };
  return { plan, options, startedAtEpochMillis: 0, hasBeenHealthy: true };
}

test('an image without a platform, built for the platform of the task, is warned of without a contradiction', async () => {
  const [own, other] = process.arch === 'arm64' ? (['ARM64', 'X86_64'] as const) : (['X86_64', 'ARM64'] as const);
  expect(await matchesCpuArchitecture(taskOf({ isAsset: true }, own))).toMatchObject({
    status: 'warning',
    reason: expect.stringMatching(/here, as the task definition requires; on another machine it may differ$/),
  });
  expect(await matchesCpuArchitecture(taskOf({ isAsset: true }, other))).toMatchObject({
    reason: expect.stringMatching(/here, but the task definition requires linux/),
  });
});

test.each<[Partial<ContainerImage>, string, RegExp]>([
  [{ platform: 'linux/arm64' }, 'ok', /^built for linux\/arm64/],
  [{ platform: 'linux/amd64' }, 'failed', /exec format error$/],
  [{}, 'warning', /has no platform/],
  [{ isAsset: false }, 'skipped', /a process on this machine does not show its platform$/],
])('compares the CPU architecture with an image %j', async (image, status, reason) => {
  expect(await matchesCpuArchitecture(taskOf({ isAsset: true, ...image }))).toMatchObject({
    status,
    reason: expect.stringMatching(reason),
  });
});

test.each<[Partial<ContainerImage>, string, string]>([
  [{ dockerfile: 'FROM a AS build\nUSER 5\nFROM b\nUSER node\n' }, 'ok', 'the Dockerfile sets user node'],
  [
    { dockerfile: 'FROM a AS build\nUSER 5\nFROM b\n' },
    'warning',
    'the Dockerfile has no USER instruction, so the container runs as root unless the base image sets another user',
  ],
  [{ dockerfile: 'FROM a\nUSER node\nUSER 0:0\n' }, 'warning', 'the Dockerfile sets user 0:0'],
  [{ dockerfile: 'FROM a\nUSER root\n', user: '1000' }, 'ok', 'the task definition sets user 1000'],
  [{ user: 'root' }, 'warning', 'the task definition sets user root'],
  [{}, 'skipped', 'there is no Dockerfile to read, and a process on this machine runs as your user'],
])('finds the user of an image %j', async (image, status, reason) => {
  expect(await runsAsNonRoot(taskOf({ isAsset: true, ...image }))).toMatchObject({ status, reason });
});

test.each<[boolean | undefined, string]>([
  [true, 'ok'],
  [false, 'warning'],
  [undefined, 'skipped'],
])('readonlyRootFilesystem %s is %s', async (isReadOnly, status) => {
  expect(await hasReadOnlyRootFilesystem(taskOf({ isAsset: true, readonlyRootFilesystem: isReadOnly }))).toMatchObject({ status });
});
