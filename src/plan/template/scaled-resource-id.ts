import { joinedParts } from './joined-text';
import type { Resource } from './resource';
import type { Template } from './template';
import { field, items, type TemplateValue } from './template-value';

/** Whether the `ResourceId` of a scalable target or of a policy is that of a service: `service/CLUSTER/SERVICE`. */
export type ResourceIdMatch = 'this' | 'other' | 'unreadable';

/** Compares a `ResourceId` with a service. A name that only a deployment knows is compared as it is written. */
export function matchResourceId(template: Template, service: Resource, resourceId: TemplateValue | undefined): ResourceIdMatch {
  const segments = segmentsOf(resourceId);
  const [namespace, cluster] = segments ?? [];
  const name = segments?.at(-1);
  // whatever precedes it, the name attribute of a service is that of no other.
  if (name !== undefined && items(field(name, 'Fn::GetAtt'))[1] === 'Name') return matchName(template, service, name);
  if (typeof namespace === 'string' && namespace !== 'service') return 'other';
  if (segments?.length !== 3 || namespace !== 'service') return 'unreadable';
  if (cluster !== undefined && isOtherCluster(template, service, cluster)) return 'other';
  return matchName(template, service, name!);
}

function matchName(template: Template, service: Resource, name: TemplateValue): ResourceIdMatch {
  const referred = template.referencedResource(name, service.type);
  if (referred !== undefined) return referred.id === service.id ? 'this' : 'other';
  const ownName = service.properties.ServiceName;
  if (ownName !== undefined && JSON.stringify(ownName) === JSON.stringify(name)) return 'this';
  if (typeof name !== 'string') return 'unreadable';
  return ownName === undefined || typeof ownName === 'string' ? 'other' : 'unreadable';
}

/** Two clusters of which both names are known, or both are resources of the template. */
function isOtherCluster(template: Template, service: Resource, cluster: TemplateValue): boolean {
  const own = service.properties.Cluster;
  if (typeof cluster === 'string') {
    const resource = template.referencedResource(own, 'AWS::ECS::Cluster');
    const ownName =
      resource === undefined ? template.resolvedText(own)?.split('/').at(-1) : template.resolvedText(resource.properties.ClusterName);
    return ownName !== undefined && ownName !== cluster;
  }
  const [left, right] = [cluster, own].map((value) => template.referencedResource(value, 'AWS::ECS::Cluster'));
  return left !== undefined && right !== undefined && left.id !== right.id;
}

/** The parts between slashes, each a text or what only a deployment knows; undefined if a part has both. */
function segmentsOf(value: TemplateValue | undefined): readonly TemplateValue[] | undefined {
  if (value === undefined) return undefined;
  const segments: TemplateValue[][] = [[]];
  for (const part of joinedWithSlash(value) ?? joinedParts(value)) {
    const texts = typeof part === 'string' ? part.split('/') : [part];
    texts.forEach((text, index) => {
      if (index > 0) segments.push([]);
      if (text !== '') segments.at(-1)!.push(text);
    });
  }
  return segments.every((segment) => segment.length === 1) ? segments.map(([only]) => only!) : undefined;
}

/** A join with slashes whose parts only a deployment knows stays one: its parts with the slashes between them. */
function joinedWithSlash(value: TemplateValue): readonly TemplateValue[] | undefined {
  const [separator, parts] = items(field(value, 'Fn::Join'));
  return separator === '/' ? items(parts).flatMap((part, index) => (index === 0 ? [part] : ['/', part])) : undefined;
}
