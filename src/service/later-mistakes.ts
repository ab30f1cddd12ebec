import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnService, type FargateService, type ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { TargetGroups } from './target-group/target-groups';

/** Returns one sentence for each thing that was added to a service after it was made and that undoes what it does. */
export function laterMistakes(service: FargateService, scaling: ScalableTaskCount, groups: TargetGroups): string[] {
  return [...desiredCountMistakes(service), ...(groups.second === undefined ? [] : blindPolicyMistakes(scaling))];
}

function desiredCountMistakes(service: FargateService): string[] {
  const resource = service.node.defaultChild;
  const count = CfnService.isCfnService(resource) ? resource.desiredCount : undefined;
  return count === undefined
    ? []
    : [
        `desiredCount must not be set, as every deployment would undo with it what scaling has chosen: minCapacity says how many there are at least, got ${count}`,
      ];
}

/** The metric belongs to one target group, which serves nobody after the traffic has moved to the other. */
function blindPolicyMistakes(scaling: ScalableTaskCount): string[] {
  const policies = scaling.node.findAll().filter((construct) => CfnScalingPolicy.isCfnScalingPolicy(construct));
  return policies
    .filter(followsOneGroup)
    .map(
      ({ node }) =>
        `${node.scope?.node.id} must not follow the requests of one target group where deployments change between two: requestsPerSecondPerTask follows both, got scaleOnRequestCount`,
    );
}

function followsOneGroup({ targetTrackingScalingPolicyConfiguration: configuration }: CfnScalingPolicy): boolean {
  return JSON.stringify(configuration ?? {}).includes('"ALBRequestCountPerTarget"');
}
