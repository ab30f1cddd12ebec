import { App, Stack } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, FargateService, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { expect, test } from 'vitest';
import { parseSchedule } from '../../../src/plan/parse-schedule';
import { type ScalingPolicy, scalingPolicy } from '../../../src/plan/policy';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import { createScaling } from '../../../src/service/scaling/service-scaling';
import { CPU, REQUESTS } from '../../scaling/started-loop';

/** What a template that was made of a policy is read as. */
function renderedAndRead(policy: ScalingPolicy): { policy: ScalingPolicy; ignored: readonly string[] } {
  const stack = new Stack(new App(), 'Stack');
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, maxAzs: 2 });
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', { image: ContainerImage.fromRegistry('shop'), portMappings: [{ containerPort: 80 }] });
  const service = new FargateService(stack, 'Shop', { cluster: new Cluster(stack, 'Cluster', { vpc }), taskDefinition });
  const targets = new ApplicationLoadBalancer(stack, 'Balancer', { vpc })
    .addListener('Http', { port: 80 })
    .addTargets('Targets', { port: 80, targets: [service] });
  createScaling(service, { first: targets }, policy);
  const { plan, ignored } = readPlan(Template.parse(JSON.stringify(Synthesized.fromStack(stack).toJSON()), 'stack'));
  return { policy: plan.policy, ignored };
}

test('targets on every metric and schedules of every kind reach CloudFormation and come back as they were', () => {
  const policy = scalingPolicy({
    minCapacity: 2,
    maxCapacity: 9,
    targetTracking: [
      REQUESTS,
      { ...CPU, disableScaleIn: true },
      { ...CPU, name: 'Memory', metric: 'ECSServiceAverageMemoryUtilization', scaleOutCooldownSeconds: 0 },
      { ...CPU, name: 'FastCpu', metric: 'ECSServiceAverageCPUUtilizationHighResolution' },
      { ...CPU, name: 'FastMemory', metric: 'ECSServiceAverageMemoryUtilizationHighResolution' },
    ],
    scheduledActions: [
      { name: 'morning', schedule: parseSchedule('cron(30 8 ? * MON-FRI *)')!, minCapacity: 6 },
      { name: 'sale', schedule: parseSchedule('at(2026-11-27T06:00:00)')!, minCapacity: 8, maxCapacity: 40 },
      { name: 'nudge', schedule: parseSchedule('rate(90 minutes)')!, maxCapacity: 12 },
    ],
  });
  const read = renderedAndRead(policy);
  expect(read.ignored).toEqual([]);
  expect({ ...read.policy, targetTracking: [...read.policy.targetTracking] }).toEqual(policy);
});
