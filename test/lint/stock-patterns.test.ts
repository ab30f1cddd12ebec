import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancedEc2Service,
  ApplicationLoadBalancedFargateService,
  ApplicationMultipleTargetGroupsFargateService,
  NetworkLoadBalancedFargateService,
  NetworkMultipleTargetGroupsFargateService,
  QueueProcessingFargateService,
  ScheduledFargateTask,
} from 'aws-cdk-lib/aws-ecs-patterns';
import { Schedule } from 'aws-cdk-lib/aws-events';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { lintTemplate } from '../../src/lint/lint-template';
import type { TemplateValue } from '../../src/plan/template/template-value';

const image = ContainerImage.fromRegistry('nginx');

const PATTERNS: readonly (readonly [string, (stack: Stack) => void])[] = [
  [
    'ApplicationLoadBalancedFargateService',
    (stack) => void new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image } }),
  ],
  [
    'ApplicationLoadBalancedFargateService that scales',
    (stack) => {
      const { service, targetGroup } = new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image } });
      const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
      scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60 });
      scaling.scaleOnRequestCount('Requests', { targetGroup, requestsPerTarget: 6000 });
      scaling.scaleOnMetric('Latency', {
        metric: targetGroup.metrics.targetResponseTime(),
        scalingSteps: [
          { upper: 1, change: 0 },
          { lower: 2, change: 1 },
        ],
      });
    },
  ],
  [
    'ApplicationMultipleTargetGroupsFargateService',
    (stack) =>
      void new ApplicationMultipleTargetGroupsFargateService(stack, 'Web', {
        taskImageOptions: { image, containerPorts: [80, 90] },
        targetGroups: [{ containerPort: 80 }, { containerPort: 90, pathPattern: '/a', priority: 10 }],
      }),
  ],
  [
    'NetworkLoadBalancedFargateService',
    (stack) => void new NetworkLoadBalancedFargateService(stack, 'Web', { taskImageOptions: { image } }),
  ],
  [
    'NetworkMultipleTargetGroupsFargateService',
    (stack) => void new NetworkMultipleTargetGroupsFargateService(stack, 'Web', { taskImageOptions: { image } }),
  ],
  ['QueueProcessingFargateService', (stack) => void new QueueProcessingFargateService(stack, 'Worker', { image })],
  [
    'ScheduledFargateTask',
    (stack) =>
      void new ScheduledFargateTask(stack, 'Job', {
        scheduledFargateTaskImageOptions: { image, memoryLimitMiB: 512 },
        schedule: Schedule.expression('rate(1 minute)'),
      }),
  ],
  [
    'ApplicationLoadBalancedEc2Service',
    (stack) => {
      const cluster = new Cluster(stack, 'Cluster', { vpc: new Vpc(stack, 'Vpc') });
      cluster.addCapacity('Instances', { instanceType: new InstanceType('t3.small') });
      new ApplicationLoadBalancedEc2Service(stack, 'Web', { cluster, memoryLimitMiB: 512, taskImageOptions: { image } });
    },
  ],
];

describe.each([
  ['without feature flags', {}],
  ['with all recommended feature flags', flags],
])('%s no check finds anything in', (_, context) => {
  test.each(PATTERNS)('%s', (__, create) => {
    const stack = new Stack(new App({ context }), 'Shop');
    create(stack);
    expect(lintTemplate(Template.fromStack(stack).toJSON() as TemplateValue)).toEqual([]);
  });
});
