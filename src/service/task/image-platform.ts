import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack, Stage, Token } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import type { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { warn } from '../warnings';
import type { ImageUser } from './image-registry';

/** What is started from an image, with the name that messages use. */
export interface NamedImageUser extends ImageUser {
  readonly containerName: string;
}

/** The machine that builds images: its architecture as Node has it, and the platform that Docker is set to build for. */
export interface BuildMachine {
  readonly arch: string;
  readonly defaultPlatform?: string;
}

/** The architectures of Node and of Docker by those of ECS. */
const ARCHITECTURES: Readonly<Record<string, { readonly node: string; readonly docker: string }>> = {
  ARM64: { node: 'arm64', docker: 'linux/arm64' },
  X86_64: { node: 'x64', docker: 'linux/amd64' },
};

/**
 * Warns of each image that is built for the machine that builds it, where that has another architecture than the tasks: no task could run it.
 *
 * An image asset without a platform is built for the machine that runs `cdk deploy`, which most often is the one that synthesizes.
 */
export function warnOfBuildMachine(containers: readonly NamedImageUser[], architecture: CpuArchitecture, machine: BuildMachine): void {
  const name = architecture._cpuArchitecture;
  const expected = ARCHITECTURES[name];
  if (expected === undefined || isFor(expected, machine)) return;
  for (const [container, asset] of assetsOf(containers)) {
    if (platformOf(asset) !== 'none') continue;
    warn(
      container,
      'imagePlatform',
      `the image of container ${container.containerName} has no platform, so that it is built for the machine that runs cdk deploy; this one is ${machine.arch}, and the tasks are ${name}: set platform of the image to ${expected.docker}`,
    );
  }
}

/** Returns an error for each image that is built for another architecture than that of the tasks. */
export function platformErrors(containers: readonly NamedImageUser[], architecture: CpuArchitecture): string[] {
  const { docker } = ARCHITECTURES[architecture._cpuArchitecture] ?? {};
  return assetsOf(containers).flatMap(([container, asset]) => {
    const platform = platformOf(asset);
    if (docker === undefined || platform === undefined || platform === 'none' || isOf(docker, platform)) return [];
    return [
      `the image of container ${container.containerName} is built for ${platform}, and the tasks are ${architecture._cpuArchitecture}: set its platform to ${docker}, or cpuArchitecture`,
    ];
  });
}

function isFor({ node, docker }: { node: string; docker: string }, { arch, defaultPlatform }: BuildMachine): boolean {
  return defaultPlatform === undefined || defaultPlatform === '' ? arch === node : isOf(docker, defaultPlatform);
}

/** Whether a platform is the one of an architecture; a variant such as `linux/arm64/v8` may follow. */
function isOf(docker: string, platform: string): boolean {
  return platform === docker || platform.startsWith(`${docker}/`);
}

/** The containers whose images are built from assets, each with its asset, however it was given. */
function assetsOf(containers: readonly NamedImageUser[]): [NamedImageUser, DockerImageAsset][] {
  // the name of an image of a registry is a plain text.
  if (!containers.some(({ imageName }) => Token.isUnresolved(imageName))) return [];
  const assets = containers[0]!.node.root.node.findAll().filter((node) => node instanceof DockerImageAsset);
  return containers.flatMap((container): [NamedImageUser, DockerImageAsset][] => {
    const asset = assets.find(({ imageUri }) => imageUri === container.imageName);
    return asset === undefined ? [] : [[container, asset]];
  });
}

/** What the CDK has noted of an image asset: where it is staged, from the folder of the cloud assembly, and how it is built. */
interface NotedSource {
  readonly platform?: string;
  readonly directory?: string;
  readonly dockerFile?: string;
}

/** What the CDK has noted of the assets of a stack, which it does not publish. */
interface NotedAssets {
  readonly assetManifest?: { readonly dockerImages?: Readonly<Record<string, { readonly source?: NotedSource }>> };
}

/** The platform of an asset: `none` where it has none, undefined where it is not known. */
function platformOf(asset: DockerImageAsset): string | undefined {
  const source = sourceOf(asset);
  return source && (source.platform ?? 'none');
}

function sourceOf(asset: DockerImageAsset): NotedSource | undefined {
  const { assetManifest } = Stack.of(asset).synthesizer as unknown as NotedAssets;
  return assetManifest?.dockerImages?.[asset.assetHash]?.source;
}

/** The Dockerfile of the image of a container, if the app builds it and it is found. */
export function dockerfileTextOf(container: NamedImageUser): string | undefined {
  const asset = assetsOf([container])[0]?.[1];
  const { directory, dockerFile = 'Dockerfile' } = (asset && sourceOf(asset)) ?? {};
  if (asset === undefined || directory === undefined) return undefined;
  const stage = Stage.of(asset);
  const file = join(stage?.outdir ?? '', directory, dockerFile);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
