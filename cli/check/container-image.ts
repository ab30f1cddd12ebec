import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULTS } from '../../src/plan/default-plan';
import { field, items, type Template, type TemplateValue } from '../../src/plan/template';
import { REFERENCE_SERVICE_FOLDER } from '../reference-service';
import type { TaskSource } from '../task-source';

/** What can be read of a container without one. */
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
export function readContainerImage({ plan, assembly, isReferenceService }: TaskSource): ContainerImage {
  if (assembly === undefined) return isReferenceService ? referenceImage() : { isAsset: false };
  const hash = plan.container.imageAssetHash;
  const definition = containerDefinition(assembly.template, plan.service);
  const asset =
    hash === undefined ? undefined : { platform: platformOf(assembly.folder, hash), dockerfile: dockerfileOf(assembly.folder, hash) };
  return {
    isAsset: hash !== undefined,
    ...asset,
    user: assembly.template.plain(field(definition, 'User')),
    hasReadOnlyRoot: assembly.template.plain(field(definition, 'ReadonlyRootFilesystem')) === 'true',
  };
}

/** As the construct deploys it where it is given no image. */
function referenceImage(): ContainerImage {
  return {
    isAsset: false,
    dockerfile: textOf(join(REFERENCE_SERVICE_FOLDER, 'Dockerfile')),
    hasReadOnlyRoot: DEFAULTS.readonlyRootFilesystem,
  };
}

/** The container that the load balancer of a service leads to. */
function containerDefinition(template: Template, id: string): TemplateValue | undefined {
  const service = template.ofType('AWS::ECS::Service').find((candidate) => candidate.id === id);
  const name = template.plain(field(items(service?.properties.LoadBalancers)[0], 'ContainerName'));
  const definition = template.referredTo(service?.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return items(definition?.properties.ContainerDefinitions).find((container) => template.plain(field(container, 'Name')) === name);
}

function dockerfileOf(folder: string, hash: string): string | undefined {
  return textOf(join(folder, `asset.${hash}`, 'Dockerfile'));
}

/** The platform that the list of assets names for an image. */
function platformOf(folder: string, hash: string): string | undefined {
  const lists = readdirSync(folder).filter((name) => name.endsWith('.assets.json'));
  const sources = lists.map((name) => {
    const list = JSON.parse(readFileSync(join(folder, name), 'utf8')) as AssetList;
    return list.dockerImages?.[hash]?.source;
  });
  return sources.find((source) => source !== undefined)?.platform;
}

interface AssetList {
  readonly dockerImages?: Readonly<Record<string, { readonly source: { readonly platform?: string } }>>;
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
