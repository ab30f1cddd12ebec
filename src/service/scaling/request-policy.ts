import { Names } from 'aws-cdk-lib';
import { CfnScalingPolicy, type ScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { TargetTracking } from '../../plan/target-tracking';
import { allOf, type TargetGroups } from '../target-group/target-groups';

/**
 * Adds the policy on the request count.
 *
 * Its id and its name are the same in every deployment strategy: a change of strategy updates the policy. Under another id CloudFormation
 * would create a second policy of that name, and then delete the policy by its name. One that was moved keeps its id and its name.
 */
export function trackRequests(target: ScalableTarget, groups: TargetGroups, tracking: TargetTracking, keptId?: string): void {
  const kept = keptId === undefined ? undefined : new Construct(target, keptId);
  new CfnScalingPolicy(kept ?? target, kept === undefined ? tracking.name : 'Resource', {
    policyName: kept === undefined ? tracking.name : Names.uniqueId(kept),
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      ...(groups.second === undefined ? requestsOfOne(groups.first, tracking) : requestsOfBoth(groups)),
      targetValue: tracking.targetValue,
      scaleOutCooldown: tracking.scaleOutCooldownSeconds,
      scaleInCooldown: tracking.scaleInCooldownSeconds,
      disableScaleIn: tracking.disableScaleIn,
    },
  });
}

type Metric = Pick<
  CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty,
  'predefinedMetricSpecification' | 'customizedMetricSpecification'
>;

function requestsOfOne(group: ApplicationTargetGroup, { metric }: TargetTracking): Metric {
  return {
    predefinedMetricSpecification: {
      predefinedMetricType: metric,
      resourceLabel: `${group.firstLoadBalancerFullName}/${group.targetGroupFullName}`,
    },
  };
}

/**
 * The requests of both target groups.
 *
 * The predefined metric belongs to one target group, and has no data after a deployment has moved the traffic to the other
 * (https://github.com/aws/containers-roadmap/issues/1681). Each group counts requests per task, and has as many tasks as the service: the sum
 * is the metric of a service with one group, before, during and after the traffic moves.
 */
function requestsOfBoth(groups: TargetGroups): Metric {
  const queries = allOf(groups).map((group, index) => requestsPerTarget(group, `requests${index + 1}`));
  const sum = queries.map(({ id }) => `FILL(${id}, 0)`).join(' + ');
  return { customizedMetricSpecification: { metrics: [...queries, { id: 'requests', expression: sum, returnData: true }] } };
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
