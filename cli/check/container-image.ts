import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContainerEngine, type ContainerRuntime } from '../../rehearsal/task-runtime/container/container-runtime';
import type { ChosenTask } from '../input/chosen-task';
import { DEFAULT_CONTAINER_DEFINITION, readContainerDefinition } from '../input/container-definition';
import { platformOfAsset } from '../input/image-asset';
import { REFERENCE_SERVICE_FOLDER } from '../input/reference-service';

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
}

/** Reads the container from the template, its asset manifests and the Dockerfile. */
export function readContainerImage({ plan, assembly, isReferenceService, program }: ChosenTask): ContainerImage {
  if (assembly === undefined) return isReferenceService ? referenceServiceImage() : imageWithoutTaskDefinition(program.kind !== 'process');
  const isGivenByName = program.kind !== 'process' && program.image.kind === 'name';
  const hash = isGivenByName ? undefined : plan.container.imageAssetHash;
  const asset =
    hash === undefined
      ? undefined
      : {
          platform: platformOfAsset(assembly.folder, hash),
          dockerfile: readIfExists(join(assembly.folder, `asset.${hash}`, 'Dockerfile')),
        };
  const { user, readonlyRootFilesystem } = readContainerDefinition(assembly.template, plan.service);
  return { isAsset: hash !== undefined, ...asset, user, readonlyRootFilesystem };
}

/** The image of the reference service, which the construct deploys when no image is given. */
function referenceServiceImage(): ContainerImage {
  const { readonlyRootFilesystem } = DEFAULT_CONTAINER_DEFINITION;
  return { isAsset: false, dockerfile: readIfExists(join(REFERENCE_SERVICE_FOLDER, 'Dockerfile')), readonlyRootFilesystem };
}

/** An image without a task definition is assumed to run with the construct's defaults. */
function imageWithoutTaskDefinition(isImage: boolean): ContainerImage {
  return { isAsset: false, readonlyRootFilesystem: isImage ? DEFAULT_CONTAINER_DEFINITION.readonlyRootFilesystem : undefined };
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
}

/** Reads the platform and the user of an image from the container engine. */
export async function inspectImage({ engine, image }: ContainerRuntime): Promise<InspectedImage> {
  const format = '{{.Os}}/{{.Architecture}} {{.Config.User}}';
  const [platform, user] = (await new ContainerEngine(engine).run('image', 'inspect', '--format', format, image)).split(' ');
  return { platform: platform!, user: user === undefined || user === '' ? 'root' : user };
}
