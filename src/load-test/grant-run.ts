import { Stack } from 'aws-cdk-lib';
import type { FargateTaskDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * Grants `ecs:RunTask`, `iam:PassRole` for the roles of the task, and `ecs:TagResource`: the task gets the tags of its task definition
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html).
 */
export function grantRunOf(scope: IConstruct, taskDefinition: FargateTaskDefinition, cluster: ICluster, grantee: IGrantable): Grant {
  const tasks = Stack.of(scope).formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
  const run = taskDefinition.grantRun(grantee);
  const tag = Grant.addToPrincipal({ grantee, actions: ['ecs:TagResource'], resourceArns: [tasks], scope: taskDefinition });
  return run.combine(tag);
}
