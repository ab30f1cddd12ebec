import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImageBuild } from '../../rehearsal/task-runtime/container/container-runtime';
import { InputError } from '../../src/parse/input-error';

/** A Docker image source in the asset manifest of the CDK: https://docs.aws.amazon.com/cdk/api/v2/docs/@aws-cdk_cloud-assembly-schema.DockerImageSource.html */
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

/** How an image asset is built, from the asset manifest; without a manifest, from the folder that is named after its hash. */
export function readImageAsset(assemblyFolder: string, hash: string): ImageBuild {
  const source = findSource(assemblyFolder, hash) ?? { directory: `asset.${hash}` };
  if (source.directory === undefined)
    throw new InputError([
      `the image is built by '${source.executable?.join(' ')}', not from a folder: build it, and name it with --image`,
    ]);
  const folder = resolve(assemblyFolder, source.directory);
  if (!existsSync(folder)) throw new InputError([`the build folder of the image is missing beside the template, at ${folder}: use --app`]);
  return {
    kind: 'build',
    hash,
    folder,
    dockerfile: source.dockerFile,
    target: source.dockerBuildTarget,
    arguments: source.dockerBuildArgs ?? {},
    buildContexts: source.dockerBuildContexts ?? {},
    secrets: source.dockerBuildSecrets ?? {},
    ssh: source.dockerBuildSsh,
    network: source.networkMode,
    platform: source.platform,
  };
}

/** The platform of an image in the asset manifest. */
export function platformOfAsset(assemblyFolder: string, hash: string): string | undefined {
  return findSource(assemblyFolder, hash)?.platform;
}

function findSource(assemblyFolder: string, hash: string): DockerImageSource | undefined {
  const manifests = readdirSync(assemblyFolder).filter((name) => name.endsWith('.assets.json'));
  const sources = manifests.map((name) => {
    const manifest = JSON.parse(readFileSync(join(assemblyFolder, name), 'utf8')) as AssetManifest;
    return manifest.dockerImages?.[hash]?.source;
  });
  return sources.find((source) => source !== undefined);
}

interface AssetManifest {
  readonly dockerImages?: Readonly<Record<string, { readonly source: DockerImageSource }>>;
}
