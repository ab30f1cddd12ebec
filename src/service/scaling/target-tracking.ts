import { Duration } from 'aws-cdk-lib';
import {
  CfnScalingPolicy,
  type PredefinedMetric,
  type ScalableTarget,
  TargetTrackingScalingPolicy,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { TargetTracking } from '../../plan/target-tracking';
import { allOf, type TargetGroups } from '../target-group/target-groups';

/**
 * Gives a service one target-tracking policy.
 *
 * Its id says what is followed and never where to: with the target in it, another target would be another policy.
 */
export function follow(target: ScalableTarget, groups: TargetGroups, tracking: TargetTracking): void {
  if (tracking.metric === 'ALBRequestCountPerTarget' && groups.second !== undefined) {
    followRequestsOfBoth(target, groups, tracking);
    return;
  }
  new TargetTrackingScalingPolicy(target, tracking.name, {
    scalingTarget: target,
    policyName: tracking.name,
    targetValue: tracking.targetValue,
    // as AWS spells it; the CDK does not name all of them.
    predefinedMetric: tracking.metric as PredefinedMetric,
    resourceLabel: tracking.metric === 'ALBRequestCountPerTarget' ? labelOf(groups.first) : undefined,
    scaleOutCooldown: Duration.seconds(tracking.scaleOutCooldownSeconds),
    scaleInCooldown: Duration.seconds(tracking.scaleInCooldownSeconds),
    disableScaleIn: tracking.disableScaleIn,
  });
}

/** What AWS calls the requests of one target group. */
function labelOf(group: ApplicationTargetGroup): string {
  return `${group.firstLoadBalancerFullName}/${group.targetGroupFullName}`;
}

/**
 * Follows the requests of both versions, whichever serves.
 *
 * The predefined metric belongs to one target group, and sees nothing any more when a deployment has moved the traffic to the other
 * (https://github.com/aws/containers-roadmap/issues/1681). Each group counts its requests for each of its tasks, and has as many tasks as the
 * service: the sum is what the metric would say of a service with one group, before, while and after traffic moves.
 */
function followRequestsOfBoth(target: ScalableTarget, groups: TargetGroups, tracking: TargetTracking): void {
  const queries = allOf(groups).map((group, index) => requestsPerTarget(group, `requests${index + 1}`));
  const sum = queries.map(({ id }) => `FILL(${id}, 0)`).join(' + ');
  new CfnScalingPolicy(target, tracking.name, {
    policyName: tracking.name,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      customizedMetricSpecification: { metrics: [...queries, { id: 'requests', expression: sum, returnData: true }] },
      targetValue: tracking.targetValue,
      scaleOutCooldown: tracking.scaleOutCooldownSeconds,
      scaleInCooldown: tracking.scaleInCooldownSeconds,
      disableScaleIn: tracking.disableScaleIn,
    },
  });
}

function requestsPerTarget(group: ApplicationTargetGroup, id: string): CfnScalingPolicy.TargetTrackingMetricDataQueryProperty {
  return {
    id,
    returnData: false,
    metricStat: {
      stat: 'Sum',
      metric: {
        namespace: 'AWS/ApplicationELB',
        metricName: 'RequestCountPerTarget',
        dimensions: [
          { name: 'LoadBalancer', value: group.firstLoadBalancerFullName },
          { name: 'TargetGroup', value: group.targetGroupFullName },
        ],
      },
    },
  };
}
