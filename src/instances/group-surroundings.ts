import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Port } from 'aws-cdk-lib/aws-ec2';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { acknowledge } from '../service/accepted-findings';
import type { Ingress } from '../service/load-balancer/ingress';
import type { CalledService } from '../service/network/vpc-endpoints';
import { textAsNumber } from '../service/prop-rules';
import type { TargetGroupProps } from '../service/target-group/target-group-props';
import { hasMixedInstances, INSTANCE_DEFAULTS } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';

/** The AWS services that instances call, besides those that every task calls: for lifecycle hooks, signals, and sessions. */
export function servicesCalledByInstances({ ssmSessionPermissions }: ScalableStatelessInstancesProps): CalledService[] {
  const hasSessions = ssmSessionPermissions ?? INSTANCE_DEFAULTS.ssmSessionPermissions;
  return ['AutoScaling', 'CloudFormation', ...(hasSessions ? (['SystemsManager', 'ExecuteCommand'] as const) : [])];
}

/** A message for each instance that scaling adds or removes would hide those about failures. */
export function acceptFindingsAboutGroup(group: AutoScalingGroup, props: ScalableStatelessInstancesProps): void {
  const reason =
    'Failures notify the alarm topic; each scaling activity is in the history of the group. Use autoScalingGroup to add notifications.';
  acknowledge(group.node.defaultChild, { rule: 'AwsSolutions-AS3', reason }, props);
  if (hasMixedInstances(props) && props.blockDevices === undefined) {
    acknowledge(group.node.defaultChild, { rule: 'AwsSolutions-EC26', reason: ENCRYPTED }, props);
  }
}

/** The rule of cdk-nag reads the launch template of a group without a mixed instances policy only. */
const ENCRYPTED = 'The volumes in the launch template are encrypted. The rule does not find it in a mixed instances policy.';

/** Attaches the group to its target group. The CDK allows the load balancer to connect to the port that serves only. */
export function attachGroup(
  group: AutoScalingGroup,
  targetGroup: ApplicationTargetGroup,
  { loadBalancer }: Ingress,
  { healthCheck }: TargetGroupProps,
): void {
  group.attachToApplicationTargetGroup(targetGroup);
  if (healthCheck?.port === undefined) return;
  group.connections.allowFrom(loadBalancer, Port.tcp(textAsNumber(healthCheck.port)), 'Health checks of the load balancer');
}
