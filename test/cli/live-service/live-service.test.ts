import { describe, expect, test } from 'vitest';
import { AWS_ACTIONS, type AwsAction, iamPolicy } from '../../../cli/live-service/aws-actions';
import { awsCallError } from '../../../cli/live-service/aws-call-error';
import { liveServiceSource } from '../../../cli/live-service/read-live-service';
import { namesLiveService, parseServiceAddress } from '../../../cli/live-service/service-address';
import type { Section } from '../../../src/plan/template/template-value';
import { runCommandHere } from '../run-command-here';
import {
  ANSWERS,
  type Answers,
  CPU,
  LOAD_BALANCER,
  policy,
  REQUESTS,
  RecordedCalls,
  SERVICE,
  TARGET_GROUP,
  TASK_DEFINITION,
} from './recorded-calls';

const ADDRESS = { clusterName: 'shop', name: 'web' };

async function read(changes: Answers = {}) {
  const calls = new RecordedCalls({ ...ANSWERS, ...changes });
  return { ...(await liveServiceSource(calls, ADDRESS)), calls };
}

const withService = (changes: Section): Answers => ({ 'ecs:DescribeServices': { services: [{ ...SERVICE, ...changes }] } });
const withPolicies = (...ScalingPolicies: Section[]): Answers => ({
  'application-autoscaling:DescribeScalingPolicies': { ScalingPolicies },
});

/** What is read of no service. */
const NOT_READ = [
  'NAT gateways, endpoints, dashboards and alarms that start no policy are not read: their price is left out',
  'the environment variables of the containers are not read: a task that is started here has none of them',
];

test('the plan of a live service has what AWS describes, and starts with the tasks that it has now', async () => {
  const { plan, ignored } = await read();
  expect(plan).toMatchObject({
    service: 'web',
    desiredCount: 5,
    policy: {
      minCapacity: 3,
      maxCapacity: 12,
      targetTracking: [
        { metric: 'ALBRequestCountPerTarget', targetValue: 6000, scaleOutCooldownSeconds: 60, scaleInCooldownSeconds: 120 },
        { metric: 'ECSServiceAverageCPUUtilization', targetValue: 60, scaleOutCooldownSeconds: 300, scaleInCooldownSeconds: 300 },
      ],
    },
    task: { cpu: 512, memoryMiB: 1024 },
    container: { port: 8080 },
    healthCheck: { path: '/health', intervalSeconds: 10, timeoutSeconds: 4, healthyThresholdCount: 3, unhealthyThresholdCount: 2 },
    deregistrationDelaySeconds: 30,
    idleTimeoutSeconds: 90,
    routing: { algorithm: 'least_outstanding_requests' },
    // four subnets in the two zones of the load balancer.
    zoneCount: 2,
    infrastructure: { isInternetFacing: false, loadBalancerNodes: 2, containerInsights: 'enhanced', hasPublicTasks: false },
    deployment: { maxHealthyPercent: 200, minHealthyPercent: 100 },
  });
  expect(ignored).toEqual(NOT_READ);
});

test('only actions of the IAM policy are called', async () => {
  const alarms = { alarms: { alarmNames: ['errors'], enable: true, rollback: true } };
  const { calls } = await read({
    ...withService({ deploymentConfiguration: alarms, currentServiceRevisions: [{ arn: 'arn:revision' }] }),
    'ecs:DescribeServiceRevisions': { serviceRevisions: [] },
  });
  const called = new Set(calls.made.map(({ action }) => action));
  const onErrors: AwsAction[] = ['ecs:ListServices', 'ecs:ListClusters'];
  const ofRecordings: AwsAction[] = ['application-autoscaling:DescribeScalingActivities', 'cloudwatch:GetMetricData'];
  expect([...called, ...onErrors, ...ofRecordings].sort()).toEqual([...AWS_ACTIONS].sort());
  const { Statement } = JSON.parse(iamPolicy()) as { Statement: { Action: string[] }[] };
  expect(Statement[0]!.Action).toEqual([...AWS_ACTIONS].sort());
});

describe('kinds of services', () => {
  test('without a scalable target the desired count is fixed', async () => {
    const { plan, ignored } = await read({
      'application-autoscaling:DescribeScalableTargets': { ScalableTargets: [] },
      ...withPolicies(),
    });
    expect(plan.policy).toMatchObject({ minCapacity: 5, maxCapacity: 5, targetTracking: [] });
    expect(ignored).toContain('web: nothing scales it, so its desired count of 5 is fixed');
  });

  test('EC2 instances are named', async () => {
    const { ignored } = await read({
      ...withService({ launchType: 'EC2', networkConfiguration: { awsvpcConfiguration: { subnets: [] } } }),
      'ecs:DescribeTaskDefinition': { taskDefinition: { ...TASK_DEFINITION, requiresCompatibilities: ['EC2'] } },
    });
    expect(ignored).toContain(
      'web LaunchType EC2: instances, their launch and their price are not simulated: tasks start and cost as on Fargate',
    );
  });

  test('a strategy of capacity providers takes the place of the launch type', async () => {
    const capacityProviderStrategy = [
      { capacityProvider: 'FARGATE', weight: 1, base: 2 },
      { capacityProvider: 'FARGATE_SPOT', weight: 3, base: 0 },
    ];
    const { launchType: _, ...service } = SERVICE;
    const { plan } = await read({ 'ecs:DescribeServices': { services: [{ ...service, capacityProviderStrategy }] } });
    expect(plan.infrastructure).toMatchObject({ onDemandBase: 2, spotShare: 0.75 });
  });

  test('with several target groups a policy on another one is named', async () => {
    const other = TARGET_GROUP.replace('/web/', '/admin/');
    const entry = { containerName: 'app', containerPort: 8080 };
    const label = 'app/shop/fedcba9876543210/targetgroup/other/0123456789abcdef';
    const ofOther = policy('others', 'TargetTrackingScaling', {
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 10,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget', ResourceLabel: label },
      },
    });
    const { ignored } = await read({
      ...withService({
        loadBalancers: [
          { ...entry, targetGroupArn: TARGET_GROUP },
          { ...entry, targetGroupArn: other },
        ],
      }),
      ...withPolicies(REQUESTS, ofOther),
    });
    expect(ignored).toContain('policy others has the requests of target group other: the requests of all target groups are taken for it');
    expect(ignored).toContain('web LoadBalancers another target group: all requests are assumed to come through target group web');
  });

  test('a blue/green deployment is read with its second target group', async () => {
    const alternate = TARGET_GROUP.replace('/web/', '/web-green/');
    const advancedConfiguration = { alternateTargetGroupArn: alternate, productionListenerRule: 'arn:rule', roleArn: 'arn:role' };
    const [balancer] = SERVICE['loadBalancers'] as readonly Section[];
    const { plan, ignored, calls } = await read(
      withService({
        loadBalancers: [{ ...balancer, advancedConfiguration }],
        deploymentConfiguration: {
          strategy: 'CANARY',
          bakeTimeInMinutes: 10,
          canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 15 },
        },
      }),
    );
    expect(plan.deployment.trafficShift).toMatchObject({ bakeSeconds: 600 });
    expect(ignored).toEqual(NOT_READ);
    expect(calls.made.find(({ action }) => action === 'elasticloadbalancing:DescribeTargetGroups')!.input).toEqual({
      TargetGroupArns: [TARGET_GROUP, alternate],
    });
  });

  test('of a service of CodeDeploy the primary task set is read', async () => {
    const taskSet = { status: 'PRIMARY', taskDefinition: 'arn:task-definition/web:9', loadBalancers: SERVICE['loadBalancers']! };
    const { plan, ignored, calls } = await read(
      withService({ deploymentController: { type: 'CODE_DEPLOY' }, loadBalancers: [], taskSets: [{ status: 'ACTIVE' }, taskSet] }),
    );
    expect(calls.made.find(({ action }) => action === 'ecs:DescribeTaskDefinition')!.input).toEqual({
      taskDefinition: 'arn:task-definition/web:9',
    });
    expect(plan.healthCheck.intervalSeconds).toBe(10);
    expect(ignored).toContain(
      'web DeploymentController CODE_DEPLOY: CodeDeploy decides how a deployment goes, a rolling deployment of ECS is simulated',
    );
  });

  test('steps are read with their alarm, which is found by its name', async () => {
    const steps = policy('surge', 'StepScaling', {
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }],
        Cooldown: 90,
        MetricAggregationType: 'Average',
      },
      Alarms: [{ AlarmName: 'busy', AlarmARN: 'arn:alarm' }],
    });
    const alarm = {
      AlarmName: 'busy',
      AlarmArn: 'arn:alarm',
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [steps['PolicyARN']!],
      InsufficientDataActions: [],
      StateValue: 'OK',
      StateUpdatedTimestamp: '2026-11-01T12:00:00.000Z',
      MetricName: 'CPUUtilization',
      Namespace: 'AWS/ECS',
      Statistic: 'Average',
      Dimensions: [
        { Name: 'ClusterName', Value: 'shop' },
        { Name: 'ServiceName', Value: 'web' },
      ],
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    };
    const { plan, ignored, calls } = await read({ ...withPolicies(steps), 'cloudwatch:DescribeAlarms': { MetricAlarms: [alarm] } });
    expect(plan.policy.stepScaling).toMatchObject([{ cooldownSeconds: 90, metric: 'ECSServiceAverageCPUUtilization' }]);
    expect(ignored).toEqual(NOT_READ);
    expect(calls.made.find(({ action }) => action === 'cloudwatch:DescribeAlarms')!.input).toMatchObject({ AlarmNames: ['busy'] });
  });

  test('scheduled actions change the bounds', async () => {
    const action = {
      ScheduledActionName: 'evening',
      ServiceNamespace: 'ecs',
      Schedule: 'cron(0 18 * * ? *)',
      Timezone: 'Europe/Berlin',
      ResourceId: 'service/shop/web',
      ScalableDimension: 'ecs:service:DesiredCount',
      StartTime: '2026-01-01T00:00:00.000Z',
      ScalableTargetAction: { MinCapacity: 6 },
      CreationTime: '2026-01-01T12:00:00.000Z',
    };
    const { plan } = await read({ 'application-autoscaling:DescribeScheduledActions': { ScheduledActions: [action] } });
    expect(plan.policy.scheduledActions).toMatchObject([{ minCapacity: 6 }]);
  });

  test('only a revision of the service has its metrics of 20 seconds', async () => {
    const metricConfigurations = [{ metricNames: ['CPUUtilization'], resolutionSeconds: 20 }];
    const { plan } = await read({
      ...withService({ currentServiceRevisions: [{ arn: 'arn:revision' }] }),
      'ecs:DescribeServiceRevisions': { serviceRevisions: [{ monitoring: { metricConfigurations } }] },
    });
    expect(plan.infrastructure.highResolutionMetrics).toBe(1);
  });

  test('pages are read to the end', async () => {
    const calls = new RecordedCalls(ANSWERS);
    const paged = {
      region: calls.region,
      call: async (action: AwsAction, input: Readonly<Record<string, unknown>>) => {
        if (action !== 'application-autoscaling:DescribeScalingPolicies') return calls.call(action, input);
        return input['NextToken'] === undefined ? { ScalingPolicies: [REQUESTS], NextToken: '2' } : { ScalingPolicies: [CPU] };
      },
    };
    const { plan } = await liveServiceSource(paged, ADDRESS);
    expect(plan.policy.targetTracking).toHaveLength(2);
  });
});

test('no variable of a container, which may be a secret, is read', async () => {
  const { calls: _, ...source } = await read();
  expect(JSON.stringify(ANSWERS)).toContain('swordfish');
  expect(JSON.stringify(source)).not.toContain('swordfish');
});

describe('errors', () => {
  test.each<[string, Answers, string]>([
    [
      'a service that is not there lists those with a similar name',
      { 'ecs:DescribeServices': { services: [], failures: [{ reason: 'MISSING' }] } },
      "the cluster shop in eu-west-1 has no service 'web': there are web, cart, search, web-admin",
    ],
    [
      'a service that was deleted is none',
      withService({ status: 'INACTIVE' }),
      "the cluster shop in eu-west-1 has no service 'web': there are web, cart, search, web-admin",
    ],
    [
      'a cluster that is not there lists those with a similar name',
      { 'ecs:DescribeServices': undefined, 'ecs:ListServices': undefined },
      "eu-west-1 has no cluster 'shop': there are shop, tools, shop-staging",
    ],
    [
      'a region without a cluster asks for another one',
      { 'ecs:DescribeServices': undefined, 'ecs:ListServices': undefined, 'ecs:ListClusters': { clusterArns: [] } },
      "eu-west-1 has no cluster 'shop': there is none, is it another region?",
    ],
    [
      'a service without a load balancer has no plan',
      withService({ loadBalancers: [] }),
      'web must have LoadBalancers with a target group, got none: a forecast sends requests through it',
    ],
  ])('%s', async (_, changes, message) => {
    await expect(read(changes)).rejects.toThrow(message);
  });

  test.each<[object, string]>([
    [{ name: 'ExpiredTokenException', message: 'x' }, 'the credentials of AWS have expired: log in again, such as with aws sso login'],
    [
      { name: 'AccessDeniedException', message: 'User: arn:aws:iam::1:user/me is not authorized' },
      'ecs:DescribeClusters is not allowed for this identity in eu-west-1: allow the actions that --print-iam-policy prints',
    ],
    [
      { name: 'UnrecognizedClientException' },
      'AWS does not accept the credentials in eu-west-1: check --profile, AWS_PROFILE or the access key',
    ],
    [{ name: 'ThrottlingException' }, 'AWS limits the calls of ecs:DescribeClusters in eu-west-1: try again in a minute'],
    [
      { name: 'Error', code: 'ECONNREFUSED' },
      'the endpoint of ecs:DescribeClusters in eu-west-1 cannot be reached: check --region, AWS_ENDPOINT_URL and the network',
    ],
    [
      { name: 'ServerException', $metadata: { httpStatusCode: 500 } },
      'ecs:DescribeClusters failed in eu-west-1 with ServerException (status 500)',
    ],
    [
      { name: 'CredentialsProviderError', message: 'Could not load credentials from any providers' },
      'no credentials of AWS were found: give --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    ],
  ])('%o is one sentence', (error, message) => {
    expect(awsCallError(error, { action: 'ecs:DescribeClusters', region: 'eu-west-1' }).message).toBe(message);
  });

  test.each([
    ['a plain name', ['--service', 'arn:aws:s3:::bucket']],
    ['another region than that of the ARN', ['--service', 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web', '--region', 'us-east-1']],
    ['a stack', ['--service', 'shop/web', '--stack', 'Shop']],
    ['a region without a live service', ['--template', 'x.json', '--region', 'us-east-1']],
    ['an ARN with a template', ['--template', 'x.json', '--service', 'arn:aws:ecs:eu-west-1:111122223333:service/shop/web']],
  ])('%s is an error before AWS is called', async (_, words) => {
    const { exitCode, stderr } = await runCommandHere(['forecast', ...words, '--traffic', 'rps 5 for 5m']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: --[a-z]+ must [ -~]{1,190}\n$/);
  });
});

test.each([
  ['web', false],
  ['Shop/Web', true],
  ['arn:aws:ecs:eu-west-1:111122223333:service/shop/web', true],
])('%s is a live service: %s', (service, isLive) => {
  expect(namesLiveService(service)).toBe(isLive);
});

test('an ARN without a cluster is one of the default cluster', () => {
  expect(parseServiceAddress({ service: 'arn:aws-cn:ecs:cn-north-1:111122223333:service/web' })).toEqual({
    clusterName: 'default',
    name: 'web',
    region: 'cn-north-1',
  });
});

test('the IAM policy is printed without traffic or a template', async () => {
  const { exitCode, stdout } = await runCommandHere(['forecast', '--print-iam-policy']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${iamPolicy()}\n` });
});

test('a load balancer that two services share has the rules of this one', async () => {
  const rule = (name: string, arn: string): Section => ({
    RuleArn: name,
    IsDefault: false,
    Actions: [{ Type: 'forward', TargetGroupArn: arn }],
  });
  const { plan } = await read({
    'elasticloadbalancing:DescribeRules': { Rules: [rule('r1', TARGET_GROUP), rule('r2', `${LOAD_BALANCER}/another`)] },
  });
  expect(plan.infrastructure.listenerRules).toBe(1);
});
