import type { Infrastructure } from '../infrastructure';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** Which tasks of a service run on Fargate Spot. */
export type SpotSettings = Pick<Infrastructure, 'onDemandBase' | 'spotBase' | 'spotShare'>;

/** Reads from the capacity providers of a service which of its tasks run on Fargate Spot. */
export function readSpotSettings(template: Template, numbers: TemplateNumbers, service: Resource): SpotSettings {
  const providers = strategyOf(template, service).map((item) => ({
    isSpot: template.resolvedText(field(item, 'CapacityProvider')) === 'FARGATE_SPOT',
    base: numbers.of(`${service.id} Base`, field(item, 'Base') ?? 0),
    weight: numbers.of(`${service.id} Weight`, field(item, 'Weight') ?? 0),
  }));
  const total = providers.reduce((sum, { weight }) => sum + weight, 0);
  const sumOf = (value: (provider: (typeof providers)[number]) => number): number => providers.reduce((sum, each) => sum + value(each), 0);
  const isOnlySpot = providers.length > 0 && providers.every(({ isSpot }) => isSpot);
  return {
    onDemandBase: sumOf(({ isSpot, base }) => (isSpot ? 0 : base)),
    spotBase: sumOf(({ isSpot, base }) => (isSpot ? base : 0)),
    spotShare: total > 0 ? sumOf(({ isSpot, weight }) => (isSpot ? weight : 0)) / total : Number(isOnlySpot),
  };
}

/** The capacity providers of a service that are in the template. */
export function providersOf(template: Template, service: Resource): readonly Resource[] {
  return strategyOf(template, service).flatMap((item) => {
    const provider = template.referencedResource(field(item, 'CapacityProvider'), 'AWS::ECS::CapacityProvider');
    return provider === undefined ? [] : [provider];
  });
}

/** A service with neither a strategy nor a launch type has the default strategy of its cluster. */
function strategyOf(template: Template, { properties }: Resource): readonly TemplateValue[] {
  if (properties.CapacityProviderStrategy !== undefined) return items(properties.CapacityProviderStrategy);
  if (properties.LaunchType !== undefined) return [];
  const cluster = template.referencedResource(properties.Cluster, 'AWS::ECS::Cluster');
  if (cluster === undefined) return [];
  const association = template
    .resourcesOfType('AWS::ECS::ClusterCapacityProviderAssociations')
    .find((each) => template.referencedResource(each.properties.Cluster, cluster.type)?.id === cluster.id);
  return items(association?.properties.DefaultCapacityProviderStrategy ?? cluster.properties.DefaultCapacityProviderStrategy);
}
