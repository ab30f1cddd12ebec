import { Stack } from 'aws-cdk-lib';
import type { FargateTaskDefinition, ICluster } from 'aws-cdk-lib/aws-ecs';
import { Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Grants `ecs:RunTask`, `iam:PassRole` for the roles of the task, and what `tagStatementOf` allows. */
export function grantRunOf(scope: IConstruct, taskDefinition: FargateTaskDefinition, cluster: ICluster, grantee: IGrantable): Grant {
  const run = taskDefinition.grantRun(grantee);
  const [actions, resourceArns] = [[TAG], [tasksOf(scope, cluster)]];
  return run.combine(Grant.addToPrincipal({ grantee, actions, resourceArns, scope: taskDefinition }));
}

/**
 * Allows `ecs:TagResource` on the tasks of the cluster: a task gets the tags of its task definition
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html).
 */
export function tagStatementOf(scope: IConstruct, cluster: ICluster): PolicyStatement {
  return new PolicyStatement({ actions: [TAG], resources: [tasksOf(scope, cluster)] });
}

const TAG = 'ecs:TagResource';

/** The ARN of all tasks of a cluster. */
export function tasksOf(scope: IConstruct, cluster: ICluster): string {
  return Stack.of(scope).formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
}
