/**
 * Deploys a service, sends it a request, puts it under load from inside AWS, and waits until it scales out.
 *
 * Takes about a quarter of an hour, most of it until the alarm has three datapoints above the target.
 */
import { AwsApiCall, ExpectedResult, type IApiCall, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';

const MIN_TASKS = 2;
// a new value forces a new deployment of the same app.
const MAX_TASKS = Number(process.env['MAX_TASKS'] ?? 4);
const LOAD_MINUTES = 12;
const LOAD_TASK = 'tasks.0.taskArn';

/** What the load task runs: four users without think time. */
const LOAD = `
const end = Date.now() + Number(process.env.MINUTES) * 60_000;
const answers = {};
async function visitor() {
  while (Date.now() < end) {
    const status = await fetch(process.env.URL).then(async (answer) => (await answer.arrayBuffer(), answer.status), String);
    answers[status] = (answers[status] ?? 0) + 1;
  }
}
await Promise.all([visitor(), visitor(), visitor(), visitor()]);
console.log(JSON.stringify(answers));
`;

const app = new App();
const stack = new Stack(app, 'ScalableStatelessServiceTest');

const search = new ScalableStatelessService(stack, 'Search', {
  minCapacity: MIN_TASKS,
  maxCapacity: MAX_TASKS,
  // everything is deleted with the stack.
  logRemovalPolicy: RemovalPolicy.DESTROY,
  // so low that any load scales out to the maximum at once.
  requestsPerSecondPerTask: 1,
});
const loadSecurityGroup = new SecurityGroup(stack, 'LoadSecurityGroup', { vpc: search.vpc, description: 'Load: out to the load balancer' });

// its snapshot would hold a copy of the reference image, only to deploy an older one first: the other tests are the ones that update.
const integ = new IntegTest(app, 'ScalableStatelessService', { testCases: [stack], stackUpdateWorkflow: false });

const SOON = { totalTimeout: Duration.minutes(5), interval: Duration.seconds(10) };
const ONCE_SCALED = { totalTimeout: Duration.minutes(LOAD_MINUTES), interval: Duration.seconds(15) };

const load = putsItUnderLoad();

asksTheService()
  // the template has no desired count: it is scaling that sets the minimum.
  .next(expectsTasks(MIN_TASKS).waitForAssertions(SOON))
  .next(load)
  .next(expectsTasks(MAX_TASKS).waitForAssertions(ONCE_SCALED))
  .next(expectsHealthyTargets(MAX_TASKS).waitForAssertions(SOON))
  .next(expectsTheReason())
  // a cluster cannot be deleted while a task runs in it.
  .next(endsTheLoad())
  .next(expectsNoLoad().waitForAssertions(SOON));

function asksTheService(): IApiCall {
  const health = integ.assertions.httpApiCall(`${search.url}/health`);
  const found = integ.assertions.httpApiCall(`${search.url}/products/search?q=a`);
  return (
    health
      .expect(ExpectedResult.objectLike({ status: 200, body: { status: 'healthy' } }))
      // a new DNS name takes a while to propagate.
      .waitForAssertions(SOON)
      .next(found.expect(ExpectedResult.objectLike({ status: 200, body: { search_time: Match.stringLikeRegexp('ms$') } })))
  );
}

function expectsTasks(count: number): IApiCall {
  return integ.assertions
    .awsApiCall('ECS', 'describeServices', { cluster: search.cluster.clusterArn, services: [search.service.serviceName] })
    .expect(ExpectedResult.objectLike({ services: [{ desiredCount: count, runningCount: count }] }));
}

/** Starts one more task, which sends requests. */
function putsItUnderLoad(): IApiCall {
  const start = integ.assertions.awsApiCall('ECS', 'runTask', {
    cluster: search.cluster.clusterArn,
    taskDefinition: search.taskDefinition.taskDefinitionArn,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: placeOfTheLoad() },
    overrides: {
      containerOverrides: [
        {
          name: search.container.containerName,
          command: ['node', '--input-type=module', '--eval', LOAD],
          environment: [
            { name: 'URL', value: `${search.url}/products/search?q=a` },
            { name: 'MINUTES', value: String(LOAD_MINUTES) },
          ],
        },
      ],
    },
  });
  if (start instanceof AwsApiCall) allowsStartingTasks(start);
  return start.assertAtPath('tasks.0.desiredStatus', ExpectedResult.stringLikeRegexp('RUNNING'));
}

/** In a public subnet, because the load balancer is reached by its public address; with the security group of the tasks, which the endpoints allow. */
function placeOfTheLoad() {
  return {
    subnets: search.vpc.publicSubnets.map(({ subnetId }) => subnetId),
    securityGroups: [loadSecurityGroup, ...search.connections.securityGroups].map(({ securityGroupId }) => securityGroupId),
    assignPublicIp: 'ENABLED',
  };
}

/** The caller of RunTask passes roles to the task, which needs `iam:PassRole`. */
function allowsStartingTasks(call: AwsApiCall): void {
  const roles = [search.executionRole.roleArn, search.taskRole.roleArn];
  call.provider.addToRolePolicy({ Effect: 'Allow', Action: ['iam:PassRole'], Resource: roles });
}

function expectsHealthyTargets(count: number): IApiCall {
  const healthy = { TargetHealth: { State: 'healthy' } };
  return integ.assertions
    .awsApiCall('elastic-load-balancing-v2', 'describeTargetHealth', { TargetGroupArn: search.targetGroup.targetGroupArn })
    .expect(ExpectedResult.objectLike({ TargetHealthDescriptions: Array.from({ length: count }, () => healthy) }));
}

function expectsTheReason(): IApiCall {
  const resource = `service/${search.cluster.clusterName}/${search.service.serviceName}`;
  return integ.assertions
    .awsApiCall('application-auto-scaling', 'describeScalingActivities', { ServiceNamespace: 'ecs', ResourceId: resource })
    .expect(
      ExpectedResult.objectLike({
        ScalingActivities: Match.arrayWith([Match.objectLike({ Cause: Match.stringLikeRegexp('triggered policy Requests') })]),
      }),
    );
}

function endsTheLoad(): IApiCall {
  return integ.assertions.awsApiCall('ECS', 'stopTask', { cluster: search.cluster.clusterArn, task: load.getAttString(LOAD_TASK) });
}

function expectsNoLoad(): IApiCall {
  return integ.assertions
    .awsApiCall('ECS', 'describeTasks', { cluster: search.cluster.clusterArn, tasks: [load.getAttString(LOAD_TASK)] })
    .expect(ExpectedResult.objectLike({ tasks: [{ lastStatus: 'STOPPED' }] }));
}
