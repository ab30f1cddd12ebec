import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { type LintedResource, type LintedTemplate, referencesIn } from './linted-template';
import { isUnknown, numberOf, textOf } from './values';

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** A target group that an action forwards to. */
export interface Forward {
  /** A reference to it, or its ARN. */
  readonly group: TemplateValue;
  /** 0 where it gets no requests. */
  readonly weight: number;
}

/** The target groups that the actions of a listener or a rule forward to: those of `ForwardConfig`, or the one of the older `TargetGroupArn`. An action before them may authenticate. */
export function forwardsOf(actions: TemplateValue | undefined): readonly Forward[] {
  return items(actions).flatMap((action) => {
    const groups = items(field(field(action, 'ForwardConfig'), 'TargetGroups')).flatMap((tuple) => {
      const group = field(tuple, 'TargetGroupArn');
      return group === undefined ? [] : [{ group, weight: numberOf(field(tuple, 'Weight')) ?? 1 }];
    });
    const single = field(action, 'TargetGroupArn');
    return groups.length > 0 || single === undefined ? groups : [{ group: single, weight: 1 }];
  });
}

/** A listener or a listener rule that routes requests. */
export interface Route {
  readonly resource: LintedResource;
  readonly property: 'DefaultActions' | 'Actions';
  readonly forwards: readonly Forward[];

  /** Undefined where it is not in the template. */
  readonly listener: LintedResource | undefined;
}

/** All listeners and listener rules. */
export function routesOf(template: LintedTemplate): readonly Route[] {
  const defaults = template.ofType(LISTENER).map((resource): Route => {
    return { resource, property: 'DefaultActions', forwards: forwardsOf(resource.properties['DefaultActions']), listener: resource };
  });
  const rules = template.ofType(LISTENER_RULE).map((resource): Route => {
    const listener = template.target(resource.properties['ListenerArn'], LISTENER);
    return { resource, property: 'Actions', forwards: forwardsOf(resource.properties['Actions']), listener };
  });
  return [...defaults, ...rules];
}

/** `application`, `network` or `gateway`; undefined where the load balancer is not in the template. */
export function loadBalancerType(balancer: LintedResource | undefined): string | undefined {
  return balancer === undefined ? undefined : textOf(balancer.properties['Type'] ?? 'application');
}

/** The load balancer of a listener; undefined where it is not in the template. */
export function loadBalancerOf(template: LintedTemplate, listener: LintedResource | undefined): LintedResource | undefined {
  return template.target(listener?.properties['LoadBalancerArn'], LOAD_BALANCER);
}

/** The target groups that the template registers targets with: in `Targets`, or in a resource that refers to the group. */
export function groupsWithTargets(template: LintedTemplate): ReadonlySet<string> {
  const others = template.resources.filter(({ type }) => type !== LISTENER && type !== LISTENER_RULE && !isReader(type));
  const own = template
    .ofType(TARGET_GROUP)
    .filter(({ properties }) => isUnknown(properties['Targets']) || items(properties['Targets']).length > 0);
  return new Set([...others.flatMap(({ properties }) => referencesIn(properties)), ...own.map(({ id }) => id)]);
}

/** Resources that only read the metrics or the name of a group. */
function isReader(type: string): boolean {
  return type.startsWith('AWS::CloudWatch::') || type.startsWith('AWS::ApplicationAutoScaling::');
}
