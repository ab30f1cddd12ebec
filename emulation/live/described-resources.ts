import { type AwsObject, RefusedCall, structures, text } from '../front/aws-call';
import type { ControlPlaneClient } from '../front/control-plane-client';

/** A resource with attributes that are read with a call of their own. */
interface WithAttributes {
  readonly described: AwsObject;
  /** A list of `Key` and `Value`. */
  readonly attributes: readonly AwsObject[];
}

/** The load balancers and the scaling rules of one region, as the control plane describes them. */
export interface DescribedResources {
  readonly loadBalancers: readonly WithAttributes[];
  readonly targetGroups: readonly WithAttributes[];
  /** Each with its rules in `Rules`. */
  readonly listeners: readonly { readonly described: AwsObject; readonly rules: readonly AwsObject[] }[];
  readonly scalableTargets: readonly AwsObject[];
  readonly scalingPolicies: readonly AwsObject[];
  readonly scheduledActions: readonly AwsObject[];
  readonly alarms: readonly AwsObject[];
}

/** Reads what the live services of a region depend on. */
export async function describeResources(controlPlane: ControlPlaneClient, region: string): Promise<DescribedResources> {
  const [loadBalancers, targetGroups, scalableTargets, scalingPolicies, scheduledActions, alarms] = await Promise.all([
    describeLoadBalancers(controlPlane, region),
    describeTargetGroups(controlPlane, region),
    describeScaling(controlPlane, region, 'DescribeScalableTargets', 'ScalableTargets'),
    describeScaling(controlPlane, region, 'DescribeScalingPolicies', 'ScalingPolicies'),
    describeScaling(controlPlane, region, 'DescribeScheduledActions', 'ScheduledActions'),
    readAll(() => describeAlarms(controlPlane, region)),
  ]);
  const listeners = await Promise.all(loadBalancers.map(({ described }) => describeListeners(controlPlane, region, described)));
  return { loadBalancers, targetGroups, listeners: listeners.flat(), scalableTargets, scalingPolicies, scheduledActions, alarms };
}

/** Metric alarms, and composite alarms, which have an `AlarmRule`. */
async function describeAlarms(controlPlane: ControlPlaneClient, region: string): Promise<readonly AwsObject[]> {
  const input = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
  const { MetricAlarms, CompositeAlarms } = await controlPlane.call('monitoring', region, 'DescribeAlarms', input);
  return [...structures(MetricAlarms), ...structures(CompositeAlarms)];
}

async function describeLoadBalancers(controlPlane: ControlPlaneClient, region: string): Promise<readonly WithAttributes[]> {
  const { LoadBalancers } = await controlPlane.call('elasticloadbalancing', region, 'DescribeLoadBalancers', {});
  return withAttributes(controlPlane, region, structures(LoadBalancers), 'LoadBalancer');
}

async function describeTargetGroups(controlPlane: ControlPlaneClient, region: string): Promise<readonly WithAttributes[]> {
  const { TargetGroups } = await controlPlane.call('elasticloadbalancing', region, 'DescribeTargetGroups', {});
  return withAttributes(controlPlane, region, structures(TargetGroups), 'TargetGroup');
}

async function withAttributes(
  controlPlane: ControlPlaneClient,
  region: string,
  described: readonly AwsObject[],
  kind: 'LoadBalancer' | 'TargetGroup',
): Promise<readonly WithAttributes[]> {
  const read = described.map(async (resource) => {
    const input = { [`${kind}Arn`]: resource[`${kind}Arn`] };
    const attributes = await readAll(async () =>
      structures((await controlPlane.call('elasticloadbalancing', region, `Describe${kind}Attributes`, input)).Attributes),
    );
    return { described: resource, attributes };
  });
  return Promise.all(read);
}

async function describeListeners(
  controlPlane: ControlPlaneClient,
  region: string,
  balancer: AwsObject,
): Promise<DescribedResources['listeners']> {
  const input = { LoadBalancerArn: balancer.LoadBalancerArn };
  const listeners = await readAll(async () =>
    structures((await controlPlane.call('elasticloadbalancing', region, 'DescribeListeners', input)).Listeners),
  );
  const read = listeners.map(async (described) => {
    const { ListenerArn } = described;
    const rules = await readAll(async () =>
      structures((await controlPlane.call('elasticloadbalancing', region, 'DescribeRules', { ListenerArn })).Rules),
    );
    return { described, rules };
  });
  return Promise.all(read);
}

async function describeScaling(
  controlPlane: ControlPlaneClient,
  region: string,
  operation: string,
  member: string,
): Promise<readonly AwsObject[]> {
  const all: AwsObject[] = [];
  let nextToken: string | undefined;
  do {
    const page = await controlPlane.call('application-autoscaling', region, operation, { ServiceNamespace: 'ecs', NextToken: nextToken });
    all.push(...structures(page[member]));
    nextToken = text(page.NextToken);
  } while (nextToken !== undefined);
  return all;
}

/** What a call reads; nothing if the resource is gone by now. */
async function readAll(read: () => Promise<readonly AwsObject[]>): Promise<readonly AwsObject[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RefusedCall) return [];
    throw error;
  }
}

/** The ARN of a described resource, whatever its kind is. */
export function arnIn(described: AwsObject, kind: 'LoadBalancer' | 'TargetGroup' | 'Listener'): string {
  return String(described[`${kind}Arn`]);
}
