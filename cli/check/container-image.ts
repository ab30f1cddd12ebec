import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContainerEngine, type ContainerRuntime } from '../../rehearsal/task-runtime/container/container-runtime';
import type { ChosenTask } from '../input/chosen-task';
import { DEFAULT_CONTAINER_DEFINITION, readContainerDefinition } from '../input/container-definition';
import { platformOfAsset } from '../input/image-asset';
import { REFERENCE_SERVICE_FOLDER } from '../input/reference-service';
import { parseSignal } from '../input/stop-signal';

/** What is known about a container before it runs. */
export interface ContainerImage {
  /** Whether the app builds the image. */
  readonly isAsset: boolean;
  /** Such as `linux/arm64`, if the app sets one. */
  readonly platform?: string;
  readonly dockerfile?: string;
  /** The user in the task definition. */
  readonly user?: string;
  /** Undefined for a process without a task definition. */
  readonly readonlyRootFilesystem?: boolean;
  /** Undefined without a task definition. */
  readonly initProcessEnabled?: boolean;
  /** The signal that stops a process, if it is not SIGTERM; a container is stopped by the signal of its image, which the engine reports. */
  readonly stopSignal?: NodeJS.Signals;
  /** The name of the image, or of the one that its Dockerfile starts from. */
  readonly baseImage?: string;
}

/** Reads the container from the template, its asset manifests and the Dockerfile. */
export function readContainerImage(chosenTask: ChosenTask): ContainerImage {
  const image = definedImage(chosenTask);
  const { program } = chosenTask;
  const stopSignal = program.kind === 'process' ? program.command.stopSignal : undefined;
  const name = program.kind !== 'process' && program.image.kind === 'name' ? program.image.name : undefined;
  // a process runs the CMD of the file of --dockerfile, whatever the template has.
  const given = program.kind === 'process' && program.dockerfile !== undefined ? readDockerfile(program.dockerfile) : {};
  return { ...image, stopSignal, baseImage: name ?? image.baseImage, ...given };
}

function definedImage({ plan, assembly, isReferenceService, program }: ChosenTask): Omit<ContainerImage, 'stopSignal'> {
  if (assembly === undefined) return isReferenceService ? referenceServiceImage() : imageWithoutTaskDefinition(program.kind !== 'process');
  const isGivenByName = program.kind !== 'process' && program.image.kind === 'name';
  const hash = isGivenByName ? undefined : plan.container.imageAssetHash;
  const asset =
    hash === undefined
      ? undefined
      : {
          platform: platformOfAsset(assembly.folder, hash),
          ...readDockerfile(join(assembly.folder, `asset.${hash}`, 'Dockerfile')),
        };
  const { user, readonlyRootFilesystem, initProcessEnabled, image } = readContainerDefinition(assembly.template, plan.service);
  return { isAsset: hash !== undefined, baseImage: image, ...asset, user, readonlyRootFilesystem, initProcessEnabled };
}

/** The image of the reference service, which the construct deploys when no image is given. */
function referenceServiceImage(): ContainerImage {
  const { readonlyRootFilesystem, initProcessEnabled } = DEFAULT_CONTAINER_DEFINITION;
  return { isAsset: false, ...readDockerfile(join(REFERENCE_SERVICE_FOLDER, 'Dockerfile')), readonlyRootFilesystem, initProcessEnabled };
}

/** An image without a task definition is assumed to run with the construct's defaults. */
function imageWithoutTaskDefinition(isImage: boolean): ContainerImage {
  return { isAsset: false, readonlyRootFilesystem: isImage ? DEFAULT_CONTAINER_DEFINITION.readonlyRootFilesystem : undefined };
}

/** A Dockerfile, and its last `FROM`. */
function readDockerfile(file: string): Pick<ContainerImage, 'dockerfile' | 'baseImage'> {
  const dockerfile = readIfExists(file);
  if (dockerfile === undefined) return {};
  const baseImage = [...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim)].at(-1)?.[1];
  return { dockerfile, baseImage };
}

function readIfExists(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What the container engine reports about an image. */
export interface InspectedImage {
  /** Such as `linux/arm64`. */
  readonly platform: string;
  /** Its default user; root if it has none. */
  readonly user: string;
  /** Its `STOPSIGNAL`, if it has one. */
  readonly stopSignal?: NodeJS.Signals;
}

/** Reads the platform, the user and the stop signal of an image from the container engine. */
export async function inspectImage({ engine, image }: ContainerRuntime): Promise<InspectedImage> {
  const format = '{{.Os}}/{{.Architecture}} {{.Config.User}}';
  const [platform, user] = (await new ContainerEngine(engine).run('image', 'inspect', '--format', format, image)).split(' ');
  const { StopSignal } = JSON.parse(await new ContainerEngine(engine).run('image', 'inspect', '--format', '{{json .Config}}', image)) as {
    readonly StopSignal?: string;
  };
  return { platform: platform!, user: user === undefined || user === '' ? 'root' : user, stopSignal: parseSignal(StopSignal ?? '') };
}
