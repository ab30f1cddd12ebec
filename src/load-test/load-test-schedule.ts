import { Stack } from 'aws-cdk-lib';
import { Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, type ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../service/accepted-findings';
import { addBroadPermission } from '../service/broad-permission';
import { tagStatementOf } from './grant-run';
import type { LoadGeneratorTask } from './load-generator-task';
import type { LoadTestPlace } from './load-test-place';

/**
 * Runs the load test on a schedule of EventBridge Scheduler.
 *
 * The target of the CDK takes public subnets by their type only, and one of another VPC or of a list not at all.
 */
export function createSchedule(
  scope: Construct,
  expression: ScheduleExpression,
  { cluster, vpc, subnets, securityGroup, hasPublicIp }: LoadTestPlace,
  { taskDefinition }: LoadGeneratorTask,
  props: RulePackProps,
): CfnSchedule {
  const role = new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  const permission = taskDefinition.grantRun(role);
  const policy = new Policy(scope, 'ScheduleTagPolicy', { roles: [role] });
  addBroadPermission(
    policy,
    tagStatementOf(scope, cluster),
    'A task gets its id when it is run. The permission is limited to those of the cluster.',
    props,
  );
  const schedule = new CfnSchedule(scope, 'Schedule', {
    scheduleExpression: expression.expressionString,
    scheduleExpressionTimezone: expression.timeZone?.timezoneName,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: cluster.clusterArn,
      roleArn: role.roleArn,
      // an event that comes late would run the test at another time than its schedule says.
      retryPolicy: { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 3 },
      ecsParameters: {
        taskDefinitionArn: taskDefinition.taskDefinitionArn,
        launchType: 'FARGATE',
        taskCount: 1,
        propagateTags: 'TASK_DEFINITION',
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: vpc.selectSubnets(subnets).subnetIds,
            securityGroups: [securityGroup.securityGroupId],
            assignPublicIp: hasPublicIp ? 'ENABLED' : 'DISABLED',
          },
        },
      },
    },
  });
  permission.applyBefore(schedule);
  schedule.node.addDependency(policy);
  return schedule;
}
