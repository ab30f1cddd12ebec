import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';
import type { ImageBuild } from './rehearsal/tasks/image-source';

/** How the CDK writes down how an image is built: https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_cloud-assembly-schema.DockerImageSource.html */
interface DockerImageSource {
  readonly directory?: string;
  readonly executable?: readonly string[];
  readonly dockerFile?: string;
  readonly dockerBuildTarget?: string;
  readonly dockerBuildArgs?: Readonly<Record<string, string>>;
  readonly dockerBuildContexts?: Readonly<Record<string, string>>;
  readonly dockerBuildSecrets?: Readonly<Record<string, string>>;
  readonly dockerBuildSsh?: string;
  readonly networkMode?: string;
  readonly platform?: string;
}

/** How an image asset is built: as the list of assets in the folder says, or where there is none, by the name that its folder has. */
export function readImageAsset(assemblyFolder: string, hash: string): ImageBuild {
  const source = findSource(assemblyFolder, hash) ?? { directory: `asset.${hash}` };
  if (source.directory === undefined)
    throw new InvalidInput([
      `the image must be built from a folder, got one that is built by '${source.executable?.join(' ')}': build it, and name it with --image`,
    ]);
  const folder = resolve(assemblyFolder, source.directory);
  if (!existsSync(folder)) throw new InvalidInput([`the image's folder must stand beside the template, got none at ${folder}: use --app`]);
  return {
    kind: 'build',
    hash,
    folder,
    dockerfile: source.dockerFile,
    target: source.dockerBuildTarget,
    arguments: source.dockerBuildArgs ?? {},
    contexts: source.dockerBuildContexts ?? {},
    secrets: source.dockerBuildSecrets ?? {},
    ssh: source.dockerBuildSsh,
    network: source.networkMode,
    platform: source.platform,
  };
}

/** The platform that the list of assets names for an image. */
export function platformOfAsset(assemblyFolder: string, hash: string): string | undefined {
  return findSource(assemblyFolder, hash)?.platform;
}

function findSource(folder: string, hash: string): DockerImageSource | undefined {
  const lists = readdirSync(folder).filter((name) => name.endsWith('.assets.json'));
  const sources = lists.map((name) => {
    const list = JSON.parse(readFileSync(join(folder, name), 'utf8')) as AssetList;
    return list.dockerImages?.[hash]?.source;
  });
  return sources.find((source) => source !== undefined);
}

interface AssetList {
  readonly dockerImages?: Readonly<Record<string, { readonly source: DockerImageSource }>>;
}
