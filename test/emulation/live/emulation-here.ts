import {
  ApplicationAutoScalingClient,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  type KeyValuePair,
  RegisterTaskDefinitionCommand,
  type Service,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { startControlPlane } from '../../../emulation/control-plane/start-control-plane';
import type { AwsObject } from '../../../emulation/front/aws-call';
import { ControlPlaneClient } from '../../../emulation/front/control-plane-client';
import { FrontServer } from '../../../emulation/front/front-server';
import { emulateServices } from '../../../emulation/live/emulated-services';
import type { LiveServices } from '../../../emulation/live/live-services';
import { SharedSupervisor } from '../../../rehearsal/task-runtime/shared-supervisor';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { CACHE_FOLDER } from '../control-plane/control-plane-here';

export const CLUSTER = 'shop';
export const SERVICE = 'web';

/** Fast enough for a cooldown of minutes to pass in seconds. */
const SPEED = 60;

/**
 * A server that completes its requests when it is stopped, responds with its variable VERSION and the status STATUS, and ends at once with the
 * variable FAILS. It is healthy at /health.
 */
export const SERVER = `
  console.log('version', process.env.VERSION ?? '1');
  if (process.env.FAILS) process.exit(3);
  const server = require('node:http').createServer(({ url }, response) => {
    response.statusCode = url === '/health' ? 200 : Number(process.env.STATUS ?? 200);
    response.end(process.env.VERSION ?? '1');
  });
  server.keepAliveTimeout = 70_000;
  server.listen(process.env.PORT, '127.0.0.1');
  process.on('SIGTERM', () => setTimeout(() => server.close(() => process.exit(0)), 2000));
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), 4000));`;

/** An emulation with clients of the AWS SDK. */
export interface EmulationHere {
  readonly url: string;
  readonly ecs: ECSClient;
  readonly loadBalancing: ElasticLoadBalancingV2Client;
  readonly scaling: ApplicationAutoScalingClient;
  readonly cloudWatch: CloudWatchClient;
  readonly live: LiveServices;
  stop(): Promise<void>;
}

/** Starts an emulation of the sources. */
export async function emulationHere(speed: number = SPEED): Promise<EmulationHere> {
  const front = await FrontServer.start({ port: 0, onError: (error) => console.error(error) });
  const controlPlane = await startControlPlane({ cacheFolder: CACHE_FOLDER, frontUrl: front.url, onProgress: () => {} });
  const supervisor = await SharedSupervisor.forProcesses('auto');
  const services = emulateServices(front, {
    clock: new SpedUpClock(speed),
    controlPlane: new ControlPlaneClient(controlPlane.url),
    startProgram: async ({ container, size }) => {
      const environment = Object.fromEntries(
        ((container.environment ?? []) as AwsObject[]).map(({ name, value }) => [name, String(value)]),
      );
      return supervisor.processes({ program: process.execPath, arguments: ['-e', SERVER], workingDirectory: __dirname, environment }, size);
    },
    onLine: () => {},
  });
  const config = { endpoint: front.url, region: 'us-east-1', credentials: { accessKeyId: 'emulation', secretAccessKey: 'emulation' } };
  return {
    url: front.url,
    ecs: new ECSClient(config),
    loadBalancing: new ElasticLoadBalancingV2Client(config),
    scaling: new ApplicationAutoScalingClient(config),
    cloudWatch: new CloudWatchClient(config),
    live: services.live,
    stop: async () => {
      await services.stop();
      await supervisor.stop();
      await controlPlane.stop();
      await front.stop();
    },
  };
}

export const LOG_GROUP = 'shop/web';

const LOGS = {
  logDriver: 'awslogs',
  options: {
    'awslogs-group': LOG_GROUP,
    'awslogs-region': 'us-east-1',
    'awslogs-stream-prefix': 'web',
    'awslogs-create-group': 'true',
  },
} as const;

/** Registers a revision of the task definition. */
export async function registerRevision({ ecs }: EmulationHere, environment: KeyValuePair[]): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: SERVICE,
      cpu: '256',
      memory: '512',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      containerDefinitions: [
        { name: 'app', image: 'shop:1', portMappings: [{ containerPort: 8080 }], environment, logConfiguration: LOGS },
      ],
    }),
  );
  return taskDefinition!.taskDefinitionArn!;
}

/** What was deployed. */
export interface DeployedService {
  readonly dnsName: string;
  readonly loadBalancerArn: string;
  readonly targetGroupArn: string;
}

/** How a service scales on its requests. */
export interface RequestScaling {
  readonly maxCapacity: number;
  readonly requestsPerMinute: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

const QUICK_SCALING: RequestScaling = { maxCapacity: 4, requestsPerMinute: 300, scaleOutCooldownSeconds: 60, scaleInCooldownSeconds: 60 };

/** Creates a service with 2 tasks behind a load balancer that scales on its requests. */
export async function deployService(emulation: EmulationHere, scaling: RequestScaling = QUICK_SCALING): Promise<DeployedService> {
  const network = await defaultNetwork(emulation.url);
  const deployed = await createLoadBalancer(emulation, network);
  await emulation.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  await emulation.ecs.send(
    new CreateServiceCommand({
      cluster: CLUSTER,
      serviceName: SERVICE,
      taskDefinition: await registerRevision(emulation, []),
      desiredCount: 2,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: network.subnets, securityGroups: [] } },
      loadBalancers: [{ targetGroupArn: deployed.targetGroupArn, containerName: 'app', containerPort: 8080 }],
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  );
  await addScaling(emulation, deployed, scaling);
  return deployed;
}

async function createLoadBalancer({ loadBalancing }: EmulationHere, { vpcId, subnets }: Network): Promise<DeployedService> {
  const { LoadBalancers } = await loadBalancing.send(new CreateLoadBalancerCommand({ Name: 'shop', Subnets: subnets }));
  const loadBalancerArn = LoadBalancers![0]!.LoadBalancerArn!;
  const targetGroupArn = await createTargetGroup({ loadBalancing }, vpcId, 'web');
  const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: targetGroupArn }];
  await loadBalancing.send(new CreateListenerCommand({ LoadBalancerArn: loadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions }));
  return { dnsName: LoadBalancers![0]!.DNSName!, loadBalancerArn, targetGroupArn };
}

/** Creates a target group whose targets drain quickly. */
export async function createTargetGroup(
  { loadBalancing }: Pick<EmulationHere, 'loadBalancing'>,
  vpcId: string,
  name: string,
): Promise<string> {
  const { TargetGroups } = await loadBalancing.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: vpcId,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
      HealthCheckPath: '/health',
    }),
  );
  const targetGroupArn = TargetGroups![0]!.TargetGroupArn!;
  await loadBalancing.send(
    new ModifyTargetGroupAttributesCommand({
      TargetGroupArn: targetGroupArn,
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    }),
  );
  return targetGroupArn;
}

async function addScaling(
  { scaling }: EmulationHere,
  { loadBalancerArn, targetGroupArn }: DeployedService,
  { maxCapacity, requestsPerMinute, scaleOutCooldownSeconds, scaleInCooldownSeconds }: RequestScaling,
): Promise<void> {
  const target = {
    ServiceNamespace: 'ecs',
    ResourceId: `service/${CLUSTER}/${SERVICE}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  } as const;
  await scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 2, MaxCapacity: maxCapacity }));
  await scaling.send(
    new PutScalingPolicyCommand({
      ...target,
      PolicyName: 'requests',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: requestsPerMinute,
        ScaleOutCooldown: scaleOutCooldownSeconds,
        ScaleInCooldown: scaleInCooldownSeconds,
        PredefinedMetricSpecification: {
          PredefinedMetricType: 'ALBRequestCountPerTarget',
          ResourceLabel: `${loadBalancerArn.split('loadbalancer/')[1]}/${targetGroupArn.split(':').at(-1)}`,
        },
      },
    }),
  );
}

/** The service as ECS describes it. */
export async function describeService({ ecs }: EmulationHere): Promise<Service> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }));
  return services![0]!;
}

/** The network that tasks and load balancers are in. */
export interface Network {
  readonly vpcId: string;
  readonly subnets: string[];
}

/** The network that an account has from the start. */
export async function defaultNetwork(url: string): Promise<Network> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=emulation/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'Action=DescribeSubnets&Version=2016-11-15',
  });
  const text = await response.text();
  const subnets = [...new Set(text.match(/subnet-[0-9a-f]+/g))].slice(0, 2);
  return { vpcId: /vpc-[0-9a-f]+/.exec(text)![0], subnets };
}
