import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage, CpuArchitecture, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { warnOfBuildMachine } from '../../../src/service/task/image-platform';
import { newApp } from '../../synthesize';

const FOLDER = join(__dirname, '..', '..', '..', 'service-image');
const { ARM64, X86_64 } = CpuArchitecture;
const registry = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

/** What is said on a machine about a task with an image. */
function warningsOf(
  image: (stack: Stack) => ContainerImage,
  architecture: CpuArchitecture,
  arch: string,
  defaultPlatform?: string,
): string[] {
  const stack = new Stack(newApp(), 'Shop');
  const container = new FargateTaskDefinition(stack, 'Task').addContainer('web', { image: image(stack) });
  warnOfBuildMachine([container], architecture, { arch, defaultPlatform });
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('has no platform'))
    .map(({ entry }) => String(entry.data));
}

const plain = () => ContainerImage.fromAsset(FOLDER);
const asset = (stack: Stack, platform?: Platform) =>
  ContainerImage.fromDockerImageAsset(new DockerImageAsset(stack, 'Asset', { directory: FOLDER, platform }));

describe('an image without a platform, built on a machine of another architecture than that of the tasks', () => {
  test.each<[string, (stack: Stack) => ContainerImage, CpuArchitecture, string, string | undefined, boolean]>([
    ['a folder', plain, X86_64, 'arm64', undefined, true],
    ['a folder, for ARM64', plain, ARM64, 'x64', undefined, true],
    ['an asset', asset, X86_64, 'arm64', undefined, true],
    ['a folder, on such a machine', plain, X86_64, 'x64', undefined, false],
    ['a folder, where Docker builds for the tasks', plain, X86_64, 'arm64', 'linux/amd64', false],
    ['a folder, where Docker builds for others', plain, X86_64, 'x64', 'linux/arm64/v8', true],
    [
      'a folder with a platform',
      () => ContainerImage.fromAsset(FOLDER, { platform: Platform.LINUX_AMD64 }),
      X86_64,
      'arm64',
      undefined,
      false,
    ],
    ['an asset with a platform', (stack) => asset(stack, Platform.LINUX_AMD64), X86_64, 'arm64', undefined, false],
    ['an image of a registry', () => registry, X86_64, 'arm64', undefined, false],
  ])('%s: is warned of, or not', (_, image, architecture, arch, defaultPlatform, isWarned) => {
    expect(warningsOf(image, architecture, arch, defaultPlatform)).toHaveLength(isWarned ? 1 : 0);
  });

  test('is named, with what to write', () => {
    expect(warningsOf(plain, X86_64, 'arm64')[0]).toContain(
      'the image of container web has no platform, so that it is built for the machine that runs cdk deploy; this one is arm64, and the tasks are X86_64: set platform of the image to linux/amd64',
    );
  });
});

/** The architecture that this machine does not have. */
const other = process.arch === 'arm64' ? X86_64 : ARM64;

test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, number]>([
  ['of the service', () => ({ image: plain(), cpuArchitecture: other }), 1],
  ['of a sidecar', () => ({ image: registry, sidecars: { agent: { image: plain() } }, cpuArchitecture: other }), 1],
  ['of a task definition of the caller', (stack) => ({ taskDefinition: taskDefinitionIn(stack) }), 1],
  ['of the reference service, whose platform is set', () => ({ cpuArchitecture: other }), 0],
])('an image %s is looked at', (_, props, count) => {
  const stack = new Stack(newApp(), 'Shop');
  new ScalableStatelessService(stack, 'Search', props(stack));
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('has no platform'))).toHaveLength(count);
});

function taskDefinitionIn(stack: Stack): FargateTaskDefinition {
  const definition = new FargateTaskDefinition(stack, 'Own', { runtimePlatform: { cpuArchitecture: other } });
  definition.addContainer('web', { image: plain(), portMappings: [{ containerPort: 8080 }] });
  return definition;
}

test.each<[string, (stack: Stack) => ScalableStatelessServiceProps]>([
  [
    'a sidecar',
    () => ({ image: registry, sidecars: { agent: { image: ContainerImage.fromAsset(FOLDER, { platform: Platform.LINUX_ARM64 }) } } }),
  ],
  ['an asset', (stack) => ({ image: asset(stack, Platform.LINUX_ARM64) })],
])('an image that is built for another architecture than that of the tasks is an error, also of %s', (_, props) => {
  const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', props(stack));
  expect(service.node.validate()).toEqual([
    expect.stringMatching(
      /^the image of container \w+ is built for linux\/arm64, and the tasks are X86_64: set its platform to linux\/amd64/,
    ),
  ]);
});
