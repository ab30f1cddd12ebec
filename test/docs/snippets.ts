// biome-ignore-all format: written by a test.
// biome-ignore-all lint: written by a test.
// biome-ignore-all assist: written by a test.
// Written by `npx vitest run test/docs -u` from the TypeScript in docs, so that the type check covers it.
import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { Annotations, App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AlarmMuteRule, Capacity, Chaos, CircuitBreakerThreshold, Deployment, EcsServiceChecks, Fault, InstanceScaling, LoadTest, LoadTestEngine, MovedFrom, Network, Plan, ScalableStatelessInstances, ScalableStatelessService, ServerProfile, Traffic, WebAcl, Workload } from 'cdk-scalable-stateless-service';
import { expectNoFailedRequests, expectScaledIn, expectScaledOut, inOrder, startLoad, stopOneTask } from 'cdk-scalable-stateless-service/integ';
import { expect, test } from 'vitest';

declare const stack: Stack;
declare const vpc: ec2.IVpc;
declare const cluster: ecs.ICluster;
declare const listener: elbv2.IApplicationListener;
declare const loadBalancer: elbv2.IApplicationLoadBalancer;
declare const instances: elbv2.IApplicationTargetGroup;
declare const ownListener: elbv2.ApplicationListener;
declare const oldService: ecs.FargateService;
declare const table: ITable;
declare const database: ec2.IConnectable;
declare const ordersAlarm: IAlarm;
declare const search: ScalableStatelessService;
declare const service: ScalableStatelessService;
declare const web: ScalableStatelessService;

// agents.md
export namespace Snippet1 {
export const stack = new Stack(new App(), 'Shop');
new ScalableStatelessService(stack, 'Shop', {
  image: ecs.ContainerImage.fromAsset('./shop'), // listens on PORT, GET /health responds 200
  containerPort: 3000,
  requestsPerSecondPerTask: 50,                  // per second, not per minute
});
}

// agents.md
export namespace Snippet2 {
export const service = new ScalableStatelessService(new Stack(new App(), 'Test'), 'Shop', { requestsPerSecondPerTask: 50 });
export const outcome = service.forecast({
  traffic: Traffic.requestsPerSecond(50).followedBy(Traffic.rampRequestsPerSecond(250, Duration.minutes(5))).hold(Duration.minutes(20)),
  workload: Workload.of({ cpuPerRequest: Duration.millis(2), baseLatency: Duration.millis(5) }),
});
outcome.maxTasks;                 // of a typical run
outcome.band.failedRequests.max;  // assert on the band: `max` covers all runs, `high` 95 of 100
outcome.explain();                // why it scaled, as text
}

// chaos.md
export namespace Snippet3 {
export const chaos = new Chaos(stack, 'Chaos', { target: search });
chaos.stopTasks('StopOneTask');
chaos.stopTasksInZone('LoseZone');
chaos.stressCpu('CpuStress', { percent: 80, duration: Duration.minutes(5), taskPercent: 50 });
chaos.addNetworkLatency('SlowDatabase', { delay: Duration.millis(300), sources: ['10.0.128.0/20'] });
}

// chaos.md
export namespace Snippet4 {
export const shop = new ScalableStatelessInstances(stack, 'Shop', { spotPercent: 50 });
export const chaosOfShop = new Chaos(stack, 'ChaosOfShop', { target: shop });
chaosOfShop.terminateInstances('LoseInstance');
chaosOfShop.terminateInstances('LoseZoneOfShop', { availabilityZone: 'eu-central-1a' });
chaosOfShop.rebootInstances('Reboot', { instancePercent: 50 });
chaosOfShop.interruptSpotInstances('Interrupt');
}

// construct/deployment.md
export namespace Snippet5 {
new ScalableStatelessService(stack, 'Search', {
  deployment: Deployment.canary({
    stepPercent: 10,
    stepBakeTime: Duration.minutes(5),
    testTraffic: { port: 8443, allowFrom: [ec2.Peer.ipv4('203.0.113.0/24')] },
  }),
});
}

// construct/deployment.md
export namespace Snippet6 {
new ScalableStatelessService(stack, 'Search', {
  deployment: Deployment.canary({ approval: { timeout: Duration.hours(2) } }),
});
}

// construct/deployment.md
export namespace Snippet7 {
new ScalableStatelessService(stack, 'Search', {
  minHealthyPercent: 90,
  deployment: Deployment.rolling({
    circuitBreakerThreshold: CircuitBreakerThreshold.count(10),
    earlySuccessHealthyPercent: 95,
    deferCleanup: true,
  }),
});
}

// construct/index.md
export namespace Snippet8 {
export const service = new ScalableStatelessService(stack, 'Search');
table.grantReadData(service);                                    // the service is a principal to grant to
service.connections.allowTo(database, ec2.Port.tcp(5432));
service.addRollbackAlarms(ordersAlarm);
new CfnOutput(stack, 'Url', { value: service.url });
}

// construct/index.md
export namespace Snippet9 {
export const service = new ScalableStatelessService(stack, 'Search');
export const resource = service.service.node.defaultChild as ecs.CfnService;
resource.addPropertyOverride('DeploymentConfiguration.MinimumHealthyPercent', 50);
}

// construct/instances.md
export namespace Snippet10 {
new ScalableStatelessInstances(stack, 'Web', {
  image: ecs.ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7'),
  instanceType: new ec2.InstanceType('t3.micro'),
  minCapacity: 1,
  maxCapacity: 4,
  scaling: InstanceScaling.simple({
    scaleOutCpuUtilizationPercent: 20,
    scaleInCpuUtilizationPercent: 10,
    cooldown: Duration.minutes(2),
  }),
});
}

// construct/instances.md
export namespace Snippet11 {
export const service = new ScalableStatelessService(stack, 'Search', {
  capacity: Capacity.instances({ instanceType: new ec2.InstanceType('m7g.large') }),
});
}

// construct/load-balancer.md
export namespace Snippet12 {
export const hostedZone = HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' });
new ScalableStatelessService(stack, 'Search', {
  domainName: 'search.example.com',
  hostedZone,
  webAcl: WebAcl.managed({ requestsPerFiveMinutes: 5000 }),
});
}

// construct/load-balancer.md
export namespace Snippet13 {
new ScalableStatelessService(stack, 'Cart', {
  listener,
  conditions: [elbv2.ListenerCondition.pathPatterns(['/cart/*'])],
  priority: 10,
});
}

// construct/load-balancer.md
export namespace Snippet14 {
new ScalableStatelessService(stack, 'Search', { loadBalancer, listenerPort: 8080 });
}

// construct/load-test.md
export namespace Snippet15 {
new LoadTest(stack, 'Load', {
  target: search,
  engine: LoadTestEngine.locust(),
  traffic: Traffic.rampUsers(50, Duration.seconds(10)).hold(Duration.seconds(170)).withThinkTime(Duration.millis(130)),
  paths: ['/', '/health'],
  thresholds: { maxFailedPercent: 0.1, maxP95: Duration.millis(500) },
});
}

// construct/load-test.md
export namespace Snippet16 {
new LoadTest(stack, 'Nightly', {
  target: search,
  traffic: Traffic.parse('rps 20..200 for 10m'),
  schedule: ScheduleExpression.cron({ hour: '3', minute: '0' }),
});
}

// construct/network.md
export namespace Snippet17 {
new ScalableStatelessService(stack, 'Search', {
  network: Network.privateWithNat(1),
  maxAzs: 3,
  vpcCidr: '10.1.0.0/16',
});
}

// construct/network.md
export namespace Snippet18 {
export const first = new ScalableStatelessService(stack, 'First');
new ScalableStatelessService(stack, 'Second', { cluster: first.cluster, enableExecuteCommand: true });
}

// construct/network.md
export namespace Snippet19 {
new ScalableStatelessService(stack, 'Search', { vpc, cluster, taskSubnets: { subnetGroupName: 'apps' } });
}

// construct/observability.md
export namespace Snippet20 {
new ScalableStatelessService(stack, 'Search', {
  alarmWarmUp: Duration.minutes(15),
  alarmMuteRules: [AlarmMuteRule.cron('0 2 * * SUN', Duration.hours(2), 'Europe/Berlin')],
});
}

// construct/scaling.md
export namespace Snippet21 {
new ScalableStatelessService(stack, 'Search', {
  minCapacity: 2,
  maxCapacity: 10,
  requestsPerSecondPerTask: 200,
  targetCpuUtilizationPercent: 50,
});
}

// construct/scaling.md
export namespace Snippet22 {
new ScalableStatelessService(stack, 'Search', {
  schedules: [
    { name: 'morning', schedule: Schedule.cron({ hour: '7', minute: '30' }), minCapacity: 6 },
    { name: 'night', schedule: Schedule.cron({ hour: '20', minute: '0' }), minCapacity: 2 },
  ],
});
}

// construct/tasks.md
export namespace Snippet23 {
new ScalableStatelessService(stack, 'Search', {
  logDriver: ecs.LogDrivers.firelens({ options: { Name: 'firehose', region: 'eu-west-1', delivery_stream: 'search-logs' } }),
  memoryLimitMiB: 1024,
});
}

// construct/tasks.md
export namespace Snippet24 {
export const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Tasks', { cpu: 512, memoryLimitMiB: 1024 });
taskDefinition.addContainer('app', { image: ecs.ContainerImage.fromRegistry('app'), portMappings: [{ containerPort: 3000 }] });
new ScalableStatelessService(stack, 'Search', { taskDefinition });
}

// construct/tasks.md
export namespace Snippet25 {
export const search = new ScalableStatelessService(stack, 'Search', {
  serviceConnectConfiguration: { namespace: 'shop', services: [{ portMappingName: 'web', dnsName: 'search' }] },
});
}

// construct/tasks.md
export namespace Snippet26 {
new ScalableStatelessService(stack, 'Shop', {
  image: ecs.ContainerImage.fromAsset('./shop'),
  serverProfile: ServerProfile.uvicorn(),
});
}

// construct/warnings-and-errors.md
export namespace Snippet27 {
Annotations.of(search).acknowledgeWarning('cdk-scalable-stateless-service:redundancy', 'a test environment');
}

// forecast.md
export namespace Snippet28 {
test('the evening peak is served', () => {
  const stack = new Stack(new App(), 'Shop');
  const search = new ScalableStatelessService(stack, 'Search', { targetCpuUtilizationPercent: 70, requestsPerSecondPerTask: 1500 });
  const { band } = search.forecast({
    traffic: Traffic.users(30)
      .followedBy(Traffic.rampUsers(120, Duration.minutes(5)))
      .hold(Duration.minutes(30)),
    workload: Workload.of({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) }),
    faults: [Fault.stopTask({ at: Duration.minutes(20) })],
  });
  expect(band.maxTasks.median).toBe(3);
  expect(band.failedRequests.high).toBe(0); // the 95th percentile, whatever AWS does not document
  expect(band.secondsOverTarget.max).toBeLessThan(600);
});
}

// forecast.md
export namespace Snippet29 {
export const outcome = Plan.ofStack(stack).forecast({ traffic: Traffic.requestsPerSecond(200, Duration.minutes(30)) });
}

// getting-started.md
export namespace Snippet30 {
export const app = new App();
export const stack = new Stack(app, 'Shop');

new ScalableStatelessService(stack, 'Shop', {
  image: ecs.ContainerImage.fromAsset('./shop'),
  containerPort: 3000,
  cpu: 512,
  memoryLimitMiB: 1024,
  healthCheck: { path: '/ready' },
  requestsPerSecondPerTask: 50,
});
}

// index.md
export namespace Snippet31 {
export const stack = new Stack(new App(), 'Shop');

new ScalableStatelessService(stack, 'Search', {
  minCapacity: 2,
  maxCapacity: 6,
  targetCpuUtilizationPercent: 50,
  requestsPerSecondPerTask: 200,
});
}

// integration-tests.md
export namespace Snippet32 {
export const app = new App();
export const stack = new Stack(app, 'ShopTest');
export const shop = new ScalableStatelessService(stack, 'Shop', { maxCapacity: 4, requestsPerSecondPerTask: 50 });
export const load = new LoadTest(stack, 'Load', {
  target: shop,
  traffic: Traffic.requestsPerSecond(250, Duration.minutes(15)).followedBy(Traffic.requestsPerSecond(25, Duration.minutes(30))),
  thresholds: { maxFailedPercent: 0 },
});

export const integ = new IntegTest(app, 'ShopIntegTest', { testCases: [stack] });
export const run = startLoad(integ, load);
inOrder(
  run.started,
  expectScaledOut(integ, shop, { minTaskCount: 4, policy: 'Requests' }),
  stopOneTask(integ, shop),
  expectScaledIn(integ, shop, { taskCount: 2 }),
  expectNoFailedRequests(integ, run),
);
}

// lint.md
export namespace Snippet33 {
export const app = new App({ policyValidationBeta1: [new EcsServiceChecks({ ignore: ['redundancy'] })] });
}

// measure-and-check.md
export namespace Snippet34 {
export const workload = Workload.fit([
  { requestsPerSecond: 154, cpuPercent: 20, tasks: 1, meanMillis: 31.6 },
  { requestsPerSecond: 888, cpuPercent: 52.8, tasks: 1, meanMillis: 31.3 },
]);
}

// moving-in/beside-a-running-service.md
export namespace Snippet35 {
export const instances = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Instances', {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef',
});

export const web = new ScalableStatelessService(stack, 'Web', {
  vpc,
  listener,
  loadBalancer, // only with an imported listener
  priority: 10,
  conditions: [elbv2.ListenerCondition.httpHeader('x-served-by', ['tasks'])],
  image: ecs.ContainerImage.fromRegistry('nginx'),
  containerPort: 80,
  minCapacity: 4,
});
}

// moving-in/beside-a-running-service.md
export namespace Snippet36 {
ownListener.addAction('Default', {
  action: elbv2.ListenerAction.weightedForward([
    { targetGroup: instances, weight: 90 },
    { targetGroup: web.targetGroup, weight: 10 },
  ]),
});
}

// moving-in/beside-a-running-service.md
export namespace Snippet37 {
new elbv2.ApplicationListenerRule(stack, 'All', {
  listener,
  priority: 50000,
  conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
  action: elbv2.ListenerAction.weightedForward([
    { targetGroup: instances, weight: 90 },
    { targetGroup: web.targetGroup, weight: 10 },
  ]),
});
}

// moving-in/beside-a-running-service.md
export namespace Snippet38 {
(oldService.node.defaultChild as ecs.CfnService).desiredCount = 0;
}

// moving-in/from-the-stock-pattern.md
export namespace Snippet39 {
export const props = {
  taskImageOptions: { image: ecs.ContainerImage.fromRegistry('nginx') },
  circuitBreaker: { rollback: true },
};

// was: new ApplicationLoadBalancedFargateService(stack, 'Web', props);
new ScalableStatelessService(stack, 'Web', {
  movedFrom: MovedFrom.applicationLoadBalancedFargateService(props),
});
}

// moving-in/from-the-stock-pattern.md
export namespace Snippet40 {
// was: const scaling = web.service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
//      scaling.scaleOnCpuUtilization('CpuScaling', { targetUtilizationPercent: 70 });
new ScalableStatelessService(stack, 'Shop', {
  movedFrom: MovedFrom.applicationLoadBalancedFargateService({
    taskImageOptions: { image: ecs.ContainerImage.fromRegistry('nginx') },
  }).withScalingPolicies({ cpuUtilizationId: 'CpuScaling' }),
  minCapacity: 2,
  maxCapacity: 10,
  targetCpuUtilizationPercent: 50,
  requestsPerSecondPerTask: 50,
});
}

// moving-in/from-the-stock-pattern.md
export namespace Snippet41 {
export const moved = new ScalableStatelessService(stack, 'Orders', {
  movedFrom: MovedFrom.applicationLoadBalancedFargateService({ taskImageOptions: { image: ecs.ContainerImage.fromRegistry('nginx') } }),
  scaleOnCpu: false,
});
moved.scaling.scaleOnCpuUtilization('CpuScaling', { policyName: 'cpu', targetUtilizationPercent: 70 });
}

// recommend-and-compare.md
export namespace Snippet42 {
export const plan = service.plan();
export const traffic = Traffic.daily({ meanRequestsPerSecond: 800 });

export const { tradeOffs } = Plan.compare({ two: plan, three: plan.withChanges({ minCapacity: 3 }) }, { traffic });
export const { props } = plan.recommend({ p95: Duration.millis(100), tasksLost: 1 }, { traffic });
}

// traffic-and-faults.md
export namespace Snippet43 {
Traffic.users(30)
  .followedBy(Traffic.rampUsers(120, Duration.minutes(5)))
  .hold(Duration.minutes(30))
  .withThinkTime(Duration.millis(1.5))
  .atMost(3000);
}
