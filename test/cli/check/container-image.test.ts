import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CheckParts } from '../../../cli/check/checked-task';
import { type ContainerImage, readContainerImage } from '../../../cli/check/container-image';
import { fitsProcessor } from '../../../cli/check/fits-processor';
import { hasReadOnlyRoot } from '../../../cli/check/has-read-only-root';
import { runsWithoutRoot } from '../../../cli/check/runs-without-root';
import { planOfDefaults } from '../../../cli/plan-of-defaults';
import { readTaskSource } from '../../../cli/task-source';
import { shopTemplate } from '../shop-template';

const HASH = 'a'.repeat(64);
const NEVER = new Promise<never>(() => {});

/** An app of one service with one image, as the CDK writes it down. */
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
    await readTaskSource({ template, runtime: { kind: 'process', quota: 'auto', command: 'node server.js' }, changes: [] }, NEVER),
  );
}

test('what a container is made of is read from the template, the assets and the Dockerfile', async () => {
  const dockerfile = 'FROM node AS build\nUSER root\nFROM node\nUSER 10001:10001\nCMD ["node"]\n';
  expect(await imageOf({ User: '7', ReadonlyRootFilesystem: true }, { platform: 'linux/arm64' }, dockerfile)).toEqual({
    isAsset: true,
    platform: 'linux/arm64',
    dockerfile,
    user: '7',
    hasReadOnlyRoot: true,
  });
  expect(await imageOf({}, {})).toMatchObject({ isAsset: true, platform: undefined, user: undefined, hasReadOnlyRoot: false });
});

/** A task that ran in an empty folder, as far as what is read of its image goes. */
function taskOf(image: ContainerImage, architecture: 'ARM64' | 'X86_64' = 'ARM64') {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const defaults = planOfDefaults('Service');
  const plan = { ...defaults, infrastructure: { ...defaults.infrastructure, architecture } };
  const parts: CheckParts = { plan, folder, paths: ['/'], image, isThorough: false };
  return { plan, parts, startedAtEpochMillis: 0, isServing: true };
}

test.each<[Partial<ContainerImage>, string, RegExp]>([
  [{ platform: 'linux/arm64' }, 'ok', /^built for linux\/arm64/],
  [{ platform: 'linux/amd64' }, 'failed', /exec format error$/],
  [{}, 'warning', /names no platform/],
  [{ isAsset: false }, 'not tried', /a process of this machine says nothing of it$/],
])('the processor of an image %j', async (image, verdict, reason) => {
  expect(await fitsProcessor(taskOf({ isAsset: true, ...image }))).toMatchObject({ verdict, reason: expect.stringMatching(reason) });
});

test.each<[Partial<ContainerImage>, string, string]>([
  [{ dockerfile: 'FROM a AS build\nUSER 5\nFROM b\nUSER node\n' }, 'ok', 'the Dockerfile says node'],
  [
    { dockerfile: 'FROM a AS build\nUSER 5\nFROM b\n' },
    'warning',
    'the Dockerfile names no user: root, unless that of its base image is another',
  ],
  [{ dockerfile: 'FROM a\nUSER node\nUSER 0:0\n' }, 'warning', 'the Dockerfile says 0:0'],
  [{ dockerfile: 'FROM a\nUSER root\n', user: '1000' }, 'ok', 'the task definition says 1000'],
  [{ user: 'root' }, 'warning', 'the task definition says root'],
  [{}, 'not tried', 'there is no Dockerfile to read, and a process of this machine is run by you'],
])('the user of an image %j', async (image, verdict, reason) => {
  expect(await runsWithoutRoot(taskOf({ isAsset: true, ...image }))).toMatchObject({ verdict, reason });
});

test.each<[boolean | undefined, string]>([
  [true, 'ok'],
  [false, 'warning'],
  [undefined, 'not tried'],
])('a root file system whose template says %s', async (isReadOnly, verdict) => {
  expect(await hasReadOnlyRoot(taskOf({ isAsset: true, hasReadOnlyRoot: isReadOnly }))).toMatchObject({ verdict });
});
