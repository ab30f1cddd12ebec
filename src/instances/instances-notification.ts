import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * Notifies the topic when an instance cannot be launched, and when an instance refresh has failed. There is no metric for it, only events
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html).
 */
export function notifyOfFailedInstances(scope: Construct, group: AutoScalingGroup, topic: ITopic): Rule {
  return new Rule(scope, 'InstancesFailed', {
    description: `${scope.node.path}: an instance was not launched, or an instance refresh has failed`,
    eventPattern: {
      source: ['aws.autoscaling'],
      detailType: ['EC2 Instance Launch Unsuccessful', 'EC2 Auto Scaling Instance Refresh Failed'],
      detail: { AutoScalingGroupName: [group.autoScalingGroupName] },
    },
    targets: [new SnsTopic(topic)],
  });
}
