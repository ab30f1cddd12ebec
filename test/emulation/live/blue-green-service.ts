import { PutScalingPolicyCommand, RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateClusterCommand, CreateServiceCommand } from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attribute } from '../control-plane/network-template';
import { Stacks } from '../control-plane/stacks-of';
import { CLUSTER, createTargetGroup, defaultNetwork, type EmulationHere, registerRevision, SERVICE } from './emulation-here';

export const ALARM = 'errors';

/** The role that ECS changes rules and invokes functions with. */
const ROLE_ARN = 'arn:aws:iam::123456789012:role/ecs';

/** A service whose canary deployments shift traffic between two target groups. */
export interface BlueGreenService {
  readonly dnsName: string;
  readonly groups: readonly [string, string];
  readonly productionRule: string;
}

/**
 * Creates a service with two tasks, whose canary deployments invoke a function before their scale-up, pause before the production traffic moves, and are
 * rolled back when one of its tasks responds with errors. It scales on the requests of both groups.
 */
export async function deployBlueGreenService(emulation: EmulationHere): Promise<BlueGreenService> {
  const network = await defaultNetwork(emulation.url);
  const { loadBalancing, ecs } = emulation;
  const { LoadBalancers } = await loadBalancing.send(new CreateLoadBalancerCommand({ Name: 'shop', Subnets: network.subnets }));
  const [{ LoadBalancerArn, DNSName }] = LoadBalancers as [{ LoadBalancerArn: string; DNSName: string }];
  const groups = [
    await createTargetGroup(emulation, network.vpcId, 'blue'),
    await createTargetGroup(emulation, network.vpcId, 'green'),
  ] as const;
  const productionRule = await createRule(loadBalancing, LoadBalancerArn, 80, groups);
  const testRule = await createRule(loadBalancing, LoadBalancerArn, 9000, groups);
  const balancer = LoadBalancerArn.split('loadbalancer/')[1]!;
  await putErrorsAlarm(emulation, balancer);
  await ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  const advancedConfiguration = {
    alternateTargetGroupArn: groups[1],
    productionListenerRule: productionRule,
    testListenerRule: testRule,
    roleArn: ROLE_ARN,
  };
  await ecs.send(
    new CreateServiceCommand({
      cluster: CLUSTER,
      serviceName: SERVICE,
      taskDefinition: await registerRevision(emulation, []),
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: network.subnets, securityGroups: [] } },
      loadBalancers: [{ targetGroupArn: groups[0], containerName: 'app', containerPort: 8080, advancedConfiguration }],
      deploymentConfiguration: {
        strategy: 'CANARY',
        canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 5 },
        bakeTimeInMinutes: 1,
        alarms: { alarmNames: [ALARM], enable: true, rollback: true },
        lifecycleHooks: [
          {
            hookTargetArn: await createHook(emulation),
            roleArn: ROLE_ARN,
            lifecycleStages: ['PRE_SCALE_UP'],
            hookDetails: { allowed: true },
          },
          { targetType: 'PAUSE', lifecycleStages: ['POST_TEST_TRAFFIC_SHIFT'] },
        ],
      },
    }),
  );
  await scaleOnBothGroups(emulation, balancer, groups);
  return { dnsName: DNSName, groups, productionRule };
}

/** A function that allows a deployment if it gets the details of its hook, and the revision. */
async function createHook({ url }: EmulationHere): Promise<string> {
  const stacks = new Stacks(url);
  await stacks.create('hooks', {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } },
      Hook: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Role: attribute('Arn', 'Role'),
          Code: {
            ZipFile: `exports.handler = async ({ hookDetails, targetServiceRevisionArn, lifecycleStage }) => ({
              hookStatus: hookDetails.allowed && targetServiceRevisionArn.includes(':service-revision/') && lifecycleStage === 'PRE_SCALE_UP' ? 'SUCCEEDED' : 'FAILED',
            });`,
          },
        },
      },
    },
    Outputs: { Arn: { Value: attribute('Arn', 'Hook') } },
  });
  return (await stacks.outputs('hooks')).Arn!;
}

async function createRule(
  loadBalancing: ElasticLoadBalancingV2Client,
  LoadBalancerArn: string,
  Port: number,
  [blue, green]: readonly [string, string],
): Promise<string> {
  const DefaultActions = [{ Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '404' } }];
  const { Listeners } = await loadBalancing.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'HTTP', Port, DefaultActions }));
  const TargetGroups = [
    { TargetGroupArn: blue, Weight: 100 },
    { TargetGroupArn: green, Weight: 0 },
  ];
  const { Rules } = await loadBalancing.send(
    new CreateRuleCommand({
      ListenerArn: Listeners![0]!.ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
      Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }],
    }),
  );
  return Rules![0]!.RuleArn!;
}

async function putErrorsAlarm({ cloudWatch }: EmulationHere, balancer: string): Promise<void> {
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: ALARM,
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HTTPCode_Target_5XX_Count',
      Dimensions: [{ Name: 'LoadBalancer', Value: balancer }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    }),
  );
}

async function scaleOnBothGroups({ scaling }: EmulationHere, balancer: string, groups: readonly [string, string]): Promise<void> {
  const target = {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${CLUSTER}/${SERVICE}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  } as const;
  await scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 2, MaxCapacity: 4 }));
  const requestsOf = (arn: string, Id: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Stat: 'Sum',
      Metric: {
        Namespace: 'AWS/ApplicationELB',
        MetricName: 'RequestCountPerTarget',
        Dimensions: [
          { Name: 'LoadBalancer', Value: balancer },
          { Name: 'TargetGroup', Value: arn.split(':').at(-1) },
        ],
      },
    },
  });
  await scaling.send(
    new PutScalingPolicyCommand({
      ...target,
      PolicyName: 'requests',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 300,
        ScaleOutCooldown: 60,
        ScaleInCooldown: 60,
        CustomizedMetricSpecification: {
          Metrics: [
            requestsOf(groups[0], 'blue'),
            requestsOf(groups[1], 'green'),
            { Id: 'requests', Expression: 'FILL(blue, 0) + FILL(green, 0)', ReturnData: true },
          ],
        },
      },
    }),
  );
}
