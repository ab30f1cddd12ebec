import type { Section } from '../template/template-value';

/** A resource with attributes that are read with a call of their own, each with `Key` and `Value`. */
export interface DescribedWithAttributes {
  readonly described: Section;
  readonly attributes: readonly Section[];
}

/** A listener with its rules. */
export interface DescribedListener {
  readonly described: Section;
  readonly rules: readonly Section[];
}

/**
 * An ECS service and the resources that its scaling depends on, as the operations of AWS describe them. Resources of other services may be among
 * them.
 */
export interface DescribedService {
  readonly clusterName: string;
  /** As `DescribeServices` returns it, in its own capitalization. */
  readonly service: Section;
  /** As `DescribeTaskDefinition` returns it. */
  readonly taskDefinition: Section;
  /** As `DescribeClusters` returns it. */
  readonly cluster?: Section;
  readonly loadBalancers: readonly DescribedWithAttributes[];
  readonly targetGroups: readonly DescribedWithAttributes[];
  readonly listeners: readonly DescribedListener[];
  readonly scalableTargets: readonly Section[];
  readonly scalingPolicies: readonly Section[];
  readonly scheduledActions: readonly Section[];
  readonly alarms: readonly Section[];
}

/** The resource ID of a service in Application Auto Scaling. */
export function scaledResourceId(clusterName: string, serviceName: string): string {
  return `service/${clusterName}/${serviceName}`;
}

/** Whether Application Auto Scaling has created an alarm for a target-tracking policy. */
export function isOfTargetTracking(alarmName: string): boolean {
  return alarmName.startsWith('TargetTracking-');
}
