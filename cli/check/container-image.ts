import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_CONTAINER_DEFINITION, readContainerDefinition } from '../container-definition';
import { platformOfAsset } from '../image-asset';
import { REFERENCE_SERVICE_FOLDER } from '../reference-service';
import type { TaskSource } from '../task-source';

/** What is known of a container before it runs. */
export interface ContainerImage {
  /** Whether the app builds the image. */
  readonly isAsset: boolean;
  /** Such as `linux/arm64`, where the app says what it builds for. */
  readonly platform?: string;
  readonly dockerfile?: string;
  /** The user that the task definition names. */
  readonly user?: string;
  /** Not known where there is no task definition. */
  readonly hasReadOnlyRoot?: boolean;
}

/** Reads what the template, the assets beside it and the Dockerfile say. */
export function readContainerImage({ plan, assembly, isReferenceService, program }: TaskSource): ContainerImage {
  if (assembly === undefined) return isReferenceService ? referenceImage() : withoutDefinition(program.kind !== 'process');
  const isNamed = program.kind !== 'process' && program.image.kind === 'name';
  const hash = isNamed ? undefined : plan.container.imageAssetHash;
  const asset =
    hash === undefined
      ? undefined
      : { platform: platformOfAsset(assembly.folder, hash), dockerfile: textOf(join(assembly.folder, `asset.${hash}`, 'Dockerfile')) };
  const { user, hasReadOnlyRoot } = readContainerDefinition(assembly.template, plan.service);
  return { isAsset: hash !== undefined, ...asset, user, hasReadOnlyRoot };
}

/** As the construct deploys it where it is given no image. */
function referenceImage(): ContainerImage {
  const { hasReadOnlyRoot } = DEFAULT_CONTAINER_DEFINITION;
  return { isAsset: false, dockerfile: textOf(join(REFERENCE_SERVICE_FOLDER, 'Dockerfile')), hasReadOnlyRoot };
}

/** An image is run as the construct would run it. */
function withoutDefinition(isImage: boolean): ContainerImage {
  return { isAsset: false, hasReadOnlyRoot: isImage ? DEFAULT_CONTAINER_DEFINITION.hasReadOnlyRoot : undefined };
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
