import { Duration, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../src';
import { DEFAULTS } from '../src/plan/default-plan';
import type { Plan } from '../src/plan/service-plan';
import { readPlan } from '../src/plan/template/read-plan';
import { Template } from '../src/plan/template/template';
import { planOf } from '../src/service/plan-from-props';
import { FLAG_SETS, newApp, propertiesOf, refusals, synthesize } from './synthesize';

/** The plan that reaches CloudFormation, and with it a forecast. */
function planIn(props: ScalableStatelessServiceProps, flags: Record<string, unknown> = {}): Plan {
  const { template } = synthesize(props, flags);
  const { plan, ignored } = readPlan(Template.parse(JSON.stringify(template.toJSON()), 'Shop.template.json'));
  expect(ignored).toEqual([]);
  return plan;
}

describe.each(FLAG_SETS)('with no props, %s', (_, flags) => {
  test('the plan is that of the defaults', () => {
    const cooldowns = {
      scaleOutCooldownSeconds: DEFAULTS.scaleOutCooldownSeconds,
      scaleInCooldownSeconds: DEFAULTS.scaleInCooldownSeconds,
    };
    const plan = planIn({}, flags);
    expect(plan).toMatchObject({
      ...planOf({}),
      service: expect.stringMatching(/^SearchService/),
      container: { ...planOf({}).container, imageAssetHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(plan.zoneCount).toBe(DEFAULTS.maxAzs);
    expect(plan).toMatchObject({
      policy: {
        minCapacity: DEFAULTS.minCapacity,
        maxCapacity: DEFAULTS.maxCapacity,
        targetTracking: [
          {
            name: 'Requests',
            metric: 'ALBRequestCountPerTarget',
            targetValue: DEFAULTS.requestsPerSecondPerTask * 60,
            disableScaleIn: false,
            ...cooldowns,
          },
          {
            name: 'Cpu',
            metric: 'ECSServiceAverageCPUUtilization',
            targetValue: DEFAULTS.targetCpuUtilizationPercent,
            disableScaleIn: false,
            ...cooldowns,
          },
        ],
      },
      task: { cpu: DEFAULTS.cpu, memoryMiB: DEFAULTS.memoryLimitMiB },
      container: {
        port: DEFAULTS.containerPort,
        environment: {},
        stopTimeoutSeconds: DEFAULTS.stopTimeoutSeconds,
      },
      healthCheck: DEFAULTS.healthCheck,
      idleTimeoutSeconds: DEFAULTS.idleTimeoutSeconds,
      deregistrationDelaySeconds: DEFAULTS.deregistrationDelaySeconds,
    });
  });

  test('what was made can be reached', () => {
    const { service, stack } = synthesize({}, flags);
    const parts = {
      vpc: service.vpc,
      cluster: service.cluster,
      loadBalancer: service.loadBalancer,
      listener: service.listener,
      targetGroup: service.targetGroup,
      logGroup: service.logGroup,
      executionRole: service.executionRole,
      taskRole: service.taskRole,
      taskDefinition: service.taskDefinition,
      container: service.container,
      service: service.service,
      scaling: service.scaling,
    };
    expect(Object.values(parts).map(({ node }) => node.path)).toEqual([
      'Shop/Search/Vpc',
      'Shop/Search/Cluster',
      'Shop/Search/LoadBalancer',
      'Shop/Search/LoadBalancer/Listener',
      'Shop/Search/TargetGroup',
      'Shop/Search/LogGroup',
      'Shop/Search/ExecutionRole',
      'Shop/Search/TaskRole',
      'Shop/Search/TaskDefinition',
      'Shop/Search/TaskDefinition/Container',
      'Shop/Search/Service',
      'Shop/Search/Service/TaskCount',
    ]);
    expect(stack.resolve(service.url)).toEqual({
      'Fn::Join': ['', ['http://', { 'Fn::GetAtt': [expect.stringMatching(/^SearchLoadBalancer/), 'DNSName'] }]],
    });
  });

  test('the URL is the only output, unless it is turned off', () => {
    const { template, service, stack } = synthesize({}, flags);
    expect(Object.values(template.toJSON()['Outputs'])).toEqual([{ Value: stack.resolve(service.url) }]);
    expect(synthesize({ urlOutput: false }, flags).template.toJSON()['Outputs']).toBeUndefined();
  });
});

describe('with every prop', () => {
  const { template, service } = synthesize((stack) => {
    const vpc = new Vpc(stack, 'Net');
    return {
      vpc,
      cluster: new Cluster(stack, 'Cluster', { vpc }),
      image: ContainerImage.fromRegistry('shop:7'),
      containerPort: 3000,
      cpu: 512,
      memoryLimitMiB: 1024,
      environment: { MODE: 'fast' },
      healthCheck: {
        path: '/ready',
        interval: Duration.seconds(20),
        timeout: Duration.seconds(3),
        healthyThresholdCount: 3,
        unhealthyThresholdCount: 4,
      },
      minCapacity: 3,
      maxCapacity: 30,
      targetCpuUtilizationPercent: 45.5,
      requestsPerSecondPerTask: 12.5,
      scaleOutCooldown: Duration.seconds(30),
      scaleInCooldown: Duration.minutes(15),
    };
  });

  test('the plan is that of the props', () => {
    const cooldowns = { scaleOutCooldownSeconds: 30, scaleInCooldownSeconds: 900 };
    expect(readPlan(Template.parse(JSON.stringify(template.toJSON()), 'Shop.template.json')).plan).toMatchObject({
      policy: {
        minCapacity: 3,
        maxCapacity: 30,
        targetTracking: [
          { name: 'Requests', targetValue: 750, ...cooldowns },
          { name: 'Cpu', targetValue: 45.5, ...cooldowns },
        ],
      },
      task: { cpu: 512, memoryMiB: 1024 },
      container: { port: 3000, environment: { PORT: '3000', MODE: 'fast' } },
      healthCheck: { path: '/ready', intervalSeconds: 20, timeoutSeconds: 3, healthyThresholdCount: 3, unhealthyThresholdCount: 4 },
    });
  });

  test('the image, the network and the cluster are those that were given', () => {
    const [container] = propertiesOf(template, 'AWS::ECS::TaskDefinition')['ContainerDefinitions'] as { Image: string }[];
    expect(container!.Image).toBe('shop:7');
    expect([service.vpc.node.path, service.cluster.node.path]).toEqual(['Shop/Net', 'Shop/Cluster']);
  });
});

describe('the rules that reach CloudFormation', () => {
  const sizes = fc.constantFrom([256, 512], [256, 2048], [512, 1024], [1024, 8192], [4096, 30_720], [16_384, 32_768]);
  const validProps = fc
    .record({
      size: sizes,
      minCapacity: fc.integer({ min: 1, max: 50 }),
      more: fc.integer({ min: 0, max: 500 }),
      cpuTarget: fc.double({ min: 0.1, max: 100, noNaN: true }),
      perSecond: fc.double({ min: 0.001, max: 100_000, noNaN: true }),
      out: fc.integer({ min: 0, max: 3600 }),
      in: fc.integer({ min: 0, max: 3600 }),
      port: fc.integer({ min: 1, max: 65_535 }),
      environment: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.string()),
      path: fc.webPath().map((path) => `/${path.replace(/^\/+/, '')}`),
      interval: fc.integer({ min: 5, max: 300 }),
      timeout: fc.integer({ min: 2, max: 120 }),
      healthy: fc.integer({ min: 2, max: 10 }),
      unhealthy: fc.integer({ min: 2, max: 10 }),
    })
    .filter(({ interval, timeout }) => timeout < interval);

  test('are those of the props, whatever they are', () => {
    fc.assert(
      fc.property(validProps, (drawn) => {
        const [cpu, memoryLimitMiB] = drawn.size as [number, number];
        const maxCapacity = drawn.minCapacity + drawn.more;
        const props = {
          image: ContainerImage.fromRegistry('shop:7'),
          cpu,
          memoryLimitMiB,
          minCapacity: drawn.minCapacity,
          maxCapacity,
          targetCpuUtilizationPercent: drawn.cpuTarget,
          requestsPerSecondPerTask: drawn.perSecond,
          scaleOutCooldown: Duration.seconds(drawn.out),
          scaleInCooldown: Duration.seconds(drawn.in),
          containerPort: drawn.port,
          environment: drawn.environment,
          healthCheck: {
            path: drawn.path,
            interval: Duration.seconds(drawn.interval),
            timeout: Duration.seconds(drawn.timeout),
            healthyThresholdCount: drawn.healthy,
            unhealthyThresholdCount: drawn.unhealthy,
          },
        };
        const plan = planIn(props);
        expect(plan).toMatchObject({ ...planOf(props), service: expect.stringMatching(/^SearchService/) });
        const shared = { scaleOutCooldownSeconds: drawn.out, scaleInCooldownSeconds: drawn.in, disableScaleIn: false };
        const [requests, byCpu] = plan.policy.targetTracking;
        expect(requests!.targetValue / 60).toBeCloseTo(drawn.perSecond, 6);
        expect(plan).toMatchObject({
          policy: {
            minCapacity: drawn.minCapacity,
            maxCapacity,
            targetTracking: [
              { name: 'Requests', metric: 'ALBRequestCountPerTarget', targetValue: requests!.targetValue, ...shared },
              { name: 'Cpu', metric: 'ECSServiceAverageCPUUtilization', targetValue: byCpu!.targetValue, ...shared },
            ],
          },
          task: { cpu, memoryMiB: memoryLimitMiB },
          container: {
            port: drawn.port,
            environment: { PORT: String(drawn.port), ...drawn.environment },
            stopTimeoutSeconds: DEFAULTS.stopTimeoutSeconds,
          },
          healthCheck: {
            path: drawn.path,
            intervalSeconds: drawn.interval,
            timeoutSeconds: drawn.timeout,
            healthyThresholdCount: drawn.healthy,
            unhealthyThresholdCount: drawn.unhealthy,
          },
          idleTimeoutSeconds: DEFAULTS.idleTimeoutSeconds,
          deregistrationDelaySeconds: DEFAULTS.deregistrationDelaySeconds,
        });
        expect(byCpu!.targetValue).toBe(drawn.cpuTarget);
      }),
      { numRuns: 40 },
    );
  });
});

describe('refused', () => {
  test('with the path, all errors at once, and before anything is created', () => {
    const stack = new Stack(newApp(), 'Shop');
    expect(() => new ScalableStatelessService(stack, 'Search', { minCapacity: 0, vpc: publicOnly(stack), cpu: 1 })).toThrow(
      [
        'Shop/Search: cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate, got 1',
        'Shop/Search: minCapacity must be a whole number of at least 1, got 0',
        'Shop/Search: vpc must have private subnets for the tasks, or use network: Network.public(), got none',
      ].join('\n'),
    );
    expect(stack.node.findChild('Search').node.children).toEqual([]);
  });

  test('nothing that is sound', () => {
    expect(refusals({})).toEqual([]);
  });

  function publicOnly(stack: Stack): Vpc {
    return new Vpc(stack, 'Net', { natGateways: 0, subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }] });
  }
});
