import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template as SynthesizedTemplate } from 'aws-cdk-lib/assertions';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../cli/input/yaml-document';
import { constructProps } from '../../../src/plan/construct-props';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import { ScalableStatelessService } from '../../../src/scalable-stateless-service';

function read(yaml: string, deployed: Record<string, string> = {}, service?: string) {
  return readPlan(Template.of(parseYaml(yaml, 'manifest.yml', '--template'), 'manifest.yml', { deployed }), service);
}

const MANIFEST = `
name: frontend
type: Load Balanced Web Service
image: {build: ./Dockerfile, port: 8081}
http:
  path: '/'
  healthcheck: {path: /_ready, healthy_threshold: 3, interval: 15s, timeout: 10s, grace_period: 2m}
  deregistration_delay: 50s
cpu: 512
memory: 1024
platform: linux/arm64
count:
  range: 2-10
  cooldown: {in: 90s, out: 30s}
  cpu_percentage: 70
  requests: {value: 12000, cooldown: {in: 5m}}
network: {vpc: {placement: private}}
sidecars: {nginx: {image: nginx}}
variables: {TOKEN: swordfish}
environments:
  test:
    count: 1
  prod:
    cpu: 1024
    memory: 2048
    count:
      range: {min: 3, max: 20, spot_from: 5}
      response_time: 2s
`;

describe('a manifest of AWS Copilot', () => {
  test('is a plan, with the cooldowns and the defaults of Copilot', () => {
    const { plan, ignored } = read(MANIFEST);
    expect(plan).toMatchObject({
      service: 'frontend',
      task: { cpu: 512, memoryMiB: 1024 },
      container: { port: 8081 },
      policy: {
        minCapacity: 2,
        maxCapacity: 10,
        targetTracking: [
          { metric: 'ECSServiceAverageCPUUtilization', targetValue: 70, scaleOutCooldownSeconds: 30, scaleInCooldownSeconds: 90 },
          { metric: 'ALBRequestCountPerTarget', targetValue: 12_000, scaleOutCooldownSeconds: 30, scaleInCooldownSeconds: 300 },
        ],
      },
      healthCheck: { path: '/_ready', intervalSeconds: 15, timeoutSeconds: 10, healthyThresholdCount: 3, unhealthyThresholdCount: 2 },
      deregistrationDelaySeconds: 50,
      infrastructure: { architecture: 'ARM64', hasPublicTasks: false },
      deployment: { hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 120, minHealthyPercent: 100 },
    });
    expect(ignored).toEqual([
      'environments test, prod: none is given, the manifest without them is read: --parameter environment=test',
      'frontend sidecars: the CPU and the latency of sidecars are a part of the workload',
    ]);
  });

  test('has the overrides of an environment, of which a number of tasks takes the place of a range', () => {
    const prod = read(MANIFEST, { environment: 'prod' });
    expect(prod.plan).toMatchObject({
      task: { cpu: 1024 },
      policy: { minCapacity: 3, maxCapacity: 20 },
      infrastructure: { onDemandBase: 4, spotShare: 1 },
    });
    expect(prod.plan.policy.targetTracking).toHaveLength(2);
    expect(prod.ignored).toContain('response_time (TargetResponseTime): this metric is not simulated');
    expect(read(MANIFEST, { environment: 'test' }).plan.policy).toMatchObject({ minCapacity: 1, maxCapacity: 1, targetTracking: [] });
  });

  test.each([
    ['without a count', 'count: ', { minCapacity: 1, maxCapacity: 1 }],
    ['with a number', 'count: 4', { minCapacity: 4, maxCapacity: 4 }],
    ['on Spot', 'count: {spot: 5}', { minCapacity: 5, maxCapacity: 5 }],
  ])('%s has a fixed count', (_, count, policy) => {
    const lines = MANIFEST.slice(0, MANIFEST.indexOf('count:')).concat(count);
    expect(read(lines.replace(/count: $/, '')).plan.policy).toMatchObject(policy);
  });

  test.each([
    ['port: 8081', 'port: eighty', "frontend image.port must be a whole number from 1 to 65535, got 'eighty'"],
    ['cpu: 512', 'cpu: lots', "frontend cpu must be a whole number of at least 1, got 'lots'"],
    ['range: 2-10', 'range: some', "frontend count.range must be a range such as '2-10', or have min and max, got 'some'"],
    ['range: 2-10', 'range: 10-2', "frontend count.range max must be a whole number of at least 10, not below min, got '2'"],
    ['cpu_percentage: 70', 'cpu_percentage: 700', "frontend count.cpu_percentage must be a whole number from 1 to 100, got '700'"],
    ['value: 12000', 'value: many', "frontend count.requests.value must be a number above 0 such as 1000, got 'many'"],
    ['in: 90s', 'in: 90', "frontend count.cooldown.in must be a duration such as 30s or 1m30s, got '90'"],
    ['interval: 15s', 'interval: 1s', "frontend http.healthcheck.interval must be whole seconds from 5s to 300s, got '1s'"],
    [
      'grace_period: 2m',
      'grace_period: later',
      "frontend http.healthcheck.grace_period must be a duration such as 30s or 1m30s, got 'later'",
    ],
    ['deregistration_delay: 50s', 'deregistration_delay: 2h', 'http.deregistration_delay must be whole seconds from 0s to 3600s'],
  ])('with %s as %s is refused by its own key', (valid, invalid, message) => {
    expect(() => read(MANIFEST.replace(valid, invalid))).toThrow(message);
  });

  test.each(['Request-Driven Web Service', 'Worker Service'])('of a %s is refused', (type) => {
    expect(() => read(MANIFEST.replace('Load Balanced Web Service', type))).toThrow(`got a ${type}: it has no load balancer`);
  });
});

const COMPOSE = `
services:
  web:
    image: shop
    ports: ["127.0.0.1:8080:3000/tcp"]
    environment: {TOKEN: swordfish}
    deploy:
      replicas: 3
      resources: {limits: {cpus: '0.4', memory: 700M}, reservations: {cpus: '0.1'}}
      update_config: {parallelism: 1}
    healthcheck: {test: curl localhost, interval: 10s, timeout: 2s, retries: 4, start_period: 20s}
    stop_grace_period: 45s
    gpus: all
  worker: {image: shop, deploy: {replicas: 2}}
`;

describe('a Compose file', () => {
  test('is a plan with a fixed count, of the smallest task of Fargate that fits', () => {
    const { plan, ignored } = read(COMPOSE);
    expect(plan).toMatchObject({
      service: 'web',
      task: { cpu: 512, memoryMiB: 1024 },
      container: { port: 3000, stopTimeoutSeconds: 45 },
      policy: { minCapacity: 3, maxCapacity: 3 },
      containers: [{ healthCheck: { intervalSeconds: 10, timeoutSeconds: 2, retries: 4, startPeriodSeconds: 20 } }],
    });
    expect(ignored).toEqual([
      'web deploy.resources: the smallest task of Fargate that has them is assumed, 0.5 vCPU and 1024 MiB',
      'web: the file has no load balancer, an application load balancer with the defaults of AWS is assumed',
      'web deploy.update_config: a rolling deployment of ECS is simulated',
      'web gpus: the forecast does not know this setting, and goes on without it',
      'web: nothing scales it, so its desired count of 3 is fixed',
    ]);
  });

  test.each([
    ['memory: 700M', 'memory: 1X', "web deploy.resources.limits.memory must be a size such as '512M', got '1X'"],
    ["cpus: '0.4'", 'cpus: some', "web deploy.resources.limits.cpus must be a number above 0 such as '0.5', got 'some'"],
    ['replicas: 3', 'replicas: two', "web deploy.replicas must be a whole number of at least 1, got 'two'"],
    ['replicas: 3', 'replicas: 0', "web deploy.replicas must be a whole number of at least 1, got '0'"],
    ['replicas: 3', "replicas: '$COUNT'", "got '$COUNT': write the value itself; docker compose config prints the file"],
    ['interval: 10s', 'interval: 1s', "web healthcheck.interval must be whole seconds from 5s to 300s, as ECS allows, got '1s'"],
    ['timeout: 2s', 'timeout: soon', "web healthcheck.timeout must be a duration such as 30s or 1m30s, got 'soon'"],
    ['retries: 4', 'retries: 0', "web healthcheck.retries must be a whole number from 1 to 10, as ECS allows, got '0'"],
    [
      'start_period: 20s',
      'start_period: 20m',
      "web healthcheck.start_period must be whole seconds from 0s to 300s, as ECS allows, got '20m'",
    ],
    ['stop_grace_period: 45s', 'stop_grace_period: 45', "web stop_grace_period must be a duration such as 30s or 1m30s, got '45'"],
  ])('with %s as %s is refused', (valid, invalid, message) => {
    expect(() => read(COMPOSE.replace(valid, invalid))).toThrow(message);
  });

  test('with several services that publish ports asks for one', () => {
    const two = COMPOSE.replace('worker: {image: shop,', 'admin: {image: shop, ports: [{target: 9000, published: 80}],');
    expect(() => read(two)).toThrow('the template has 2 services');
    expect(read(two, { 'admin.Cpu': '256', 'admin.Memory': '512' }, 'admin').plan).toMatchObject({
      policy: { minCapacity: 2 },
      task: { cpu: 256 },
    });
  });

  test.each([
    ['no port', COMPOSE.replace(/ports: .*/, ''), 'must have a service that publishes a port'],
    [
      'no size',
      COMPOSE.replace(/resources: .*/, ''),
      'web deploy.resources.limits must have cpus and memory, got none: write them into the file',
    ],
    ['a count of machines', COMPOSE.replace('replicas: 3', 'mode: global'), 'deploy.mode must be replicated, got global'],
    ['more than a task can have', COMPOSE.replace("'0.4'", '64'), 'must fit a task of Fargate'],
  ])('with %s is refused', (_, yaml, message) => {
    expect(() => read(yaml)).toThrow(message);
  });
});

test.each<[string, string, Record<string, string>]>([
  ['a manifest', MANIFEST, {}],
  ['a manifest with Spot', MANIFEST, { environment: 'prod' }],
])('the props of %s make a service with the same numbers', (_, yaml, deployed) => {
  const { plan } = read(yaml, deployed);
  const text = constructProps(plan);
  expect(text).not.toContain('swordfish');
  // what is pasted into an app, with the names that it imports.
  const props = new Function('Duration', 'CpuArchitecture', `return ${text}`)(Duration, CpuArchitecture) as object;
  const stack = new Stack(new App(), 'Stack');
  new ScalableStatelessService(stack, 'Shop', props);
  const constructed = readPlan(Template.of(SynthesizedTemplate.fromStack(stack).toJSON(), 'Shop')).plan;
  const numbers = ({
    task,
    policy,
    healthCheck,
    deregistrationDelaySeconds,
    infrastructure: { spotShare, onDemandBase, architecture },
  }: typeof plan) => ({
    task,
    bounds: [policy.minCapacity, policy.maxCapacity],
    targets: policy.targetTracking.map(({ metric, targetValue }) => `${metric} ${targetValue}`).sort(),
    healthCheck,
    deregistrationDelaySeconds,
    spotShare,
    onDemandBase,
    architecture,
  });
  expect(numbers(constructed)).toEqual(numbers(plan));
});
