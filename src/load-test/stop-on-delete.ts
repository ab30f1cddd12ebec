import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CustomResource, Duration } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../service/accepted-findings';
import { addBroadPermission } from '../service/broad-permission';
import { createLogGroup } from '../service/observability/log-group';
import { tasksOf } from './grant-run';
import type { LoadGeneratorTask } from './load-generator-task';
import type { LoadTestPlace } from './load-test-place';
import { PROGRAMS } from './program-files';

/**
 * Stops the tasks of a load test when it is deleted, before what they use is deleted: AWS deletes no cluster with tasks, and no security group with a
 * network interface.
 *
 * Tasks of a service are stopped by ECS. These are of no service.
 */
export function stopOnDelete(scope: Construct, place: LoadTestPlace, task: LoadGeneratorTask, props: RulePackProps): CustomResource {
  const handler = createHandler(scope, place, props);
  const resource = new CustomResource(scope, 'StopOnDelete', {
    resourceType: 'Custom::StopLoadTest',
    serviceToken: handler.functionArn,
    serviceTimeout: Duration.minutes(10),
    properties: { Cluster: place.cluster.clusterArn, Family: task.taskDefinition.family },
  });
  resource.node.addDependency(handler, ...place.dependencies);
  return resource;
}

function createHandler(scope: Construct, { cluster }: LoadTestPlace, props: RulePackProps): LambdaFunction {
  const role = new Role(scope, 'StopRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = createLogGroup(scope, 'StopLogGroup', {});
  logGroup.grantWrite(role);
  const ofCluster = { conditions: { ArnEquals: { 'ecs:cluster': cluster.clusterArn } } };
  const policy = new Policy(scope, 'StopPolicy', { roles: [role] });
  addBroadPermission(
    policy,
    new PolicyStatement({ actions: ['ecs:StopTask', 'ecs:DescribeTasks'], resources: [tasksOf(scope, cluster)], ...ofCluster }),
    'The tasks of a load test get their ids when they are run. The permission is limited to those of its cluster.',
    props,
  );
  addBroadPermission(
    policy,
    new PolicyStatement({ actions: ['ecs:ListTasks'], resources: ['*'], ...ofCluster }),
    'ecs:ListTasks has no resource-level permissions for Fargate. The permission is limited to the cluster of the load test.',
    props,
  );
  const handler = new LambdaFunction(scope, 'StopHandler', {
    description: 'Stops the tasks of a load test when it is deleted',
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline(readFileSync(path.join(PROGRAMS, 'stop-tasks.js'), 'utf8')),
    timeout: Duration.minutes(5),
    role,
    logGroup,
  });
  handler.node.addDependency(policy);
  return handler;
}
