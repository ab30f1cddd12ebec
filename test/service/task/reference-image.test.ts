import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { REFERENCE_USER } from '../../../src/service/task/reference-image';
import { newApp, WITH_COPIES } from '../../synthesize';

/** The folder of the assembly, and what it says of the image. */
function imageOf(props: ScalableStatelessServiceProps) {
  const app = newApp(WITH_COPIES);
  new ScalableStatelessService(new Stack(app, 'Shop'), 'Search', props);
  const folder = app.synth().directory;
  const { dockerImages } = JSON.parse(readFileSync(join(folder, 'Shop.assets.json'), 'utf8'));
  const [image] = Object.values<{ source: { directory: string; platform: string } }>(dockerImages);
  return { folder, ...image!.source };
}

test.each([
  [{}, 'linux/arm64'],
  [{ cpuArchitecture: CpuArchitecture.ARM64 }, 'linux/arm64'],
  [{ cpuArchitecture: CpuArchitecture.X86_64 }, 'linux/amd64'],
])('with %j is built for the processor that the tasks run on: %s', (props, platform) => {
  expect(imageOf(props).platform).toBe(platform);
});

test('runs as the user that its Dockerfile names', () => {
  const dockerfile = readFileSync(new URL('../../../service-image/Dockerfile', import.meta.url), 'utf8');
  expect(/^USER (.+)$/m.exec(dockerfile)?.[1]).toBe(REFERENCE_USER);
});

test('is built from the sources of the reference service, and from nothing that a machine happens to hold', () => {
  const { folder, directory } = imageOf({});
  expect(readdirSync(join(folder, directory)).sort()).toEqual([
    '.dockerignore',
    'Dockerfile',
    'build.mjs',
    'package-lock.json',
    'package.json',
    'src',
  ]);
});
