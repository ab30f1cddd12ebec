import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { TargetInstancesOptions } from './experiment-options';

type Target = CfnExperimentTemplate.ExperimentTemplateTargetProperty;

/** The kinds of instances that an action is about, as AWS FIS names them. */
export type InstanceResource = 'aws:ec2:instance' | 'aws:ec2:spot-instance';

/** The tag that EC2 Auto Scaling gives to the instances of a group. */
export const GROUP_TAG = 'aws:autoscaling:groupName';

/** The running instances of a group, of which AWS FIS chooses some. An instance that waits in a warm pool is stopped, and is not chosen. */
export function targetInstances(group: AutoScalingGroup, resourceType: InstanceResource, options: TargetInstancesOptions): Target {
  const { availabilityZone } = options;
  return {
    resourceType,
    resourceTags: { [GROUP_TAG]: group.autoScalingGroupName },
    filters: [
      { path: 'State.Name', values: ['running'] },
      ...(availabilityZone === undefined ? [] : [{ path: 'Placement.AvailabilityZone', values: [availabilityZone] }]),
    ],
    selectionMode: selectionModeOf(options),
  };
}

function selectionModeOf({ instanceCount, instancePercent, availabilityZone }: TargetInstancesOptions): string {
  if (instancePercent !== undefined) return `PERCENT(${instancePercent})`;
  if (instanceCount === undefined && availabilityZone !== undefined) return 'ALL';
  return `COUNT(${instanceCount ?? 1})`;
}
