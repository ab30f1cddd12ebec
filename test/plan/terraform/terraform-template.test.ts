import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import { LOAD_DRIVEN_BACKEND, PRACTICAL_ON_EC2, PRACTICAL_ON_ECS } from './systems';
import { type PlannedResource, terraformPlan, terraformState } from './terraform-plan';

const read = (document: object, service?: string) => readPlan(Template.parse(JSON.stringify(document), 'plan.json'), service);

describe.each([
  ['plan', terraformPlan],
  ['state', terraformState],
] as const)('a %s of Terraform', (_, documentOf) => {
  test('has the policies, the task and the health check of a service on ECS', () => {
    const { plan, ignored } = read(documentOf(LOAD_DRIVEN_BACKEND));
    expect(plan).toMatchObject({
      service: 'aws_ecs_service.this',
      task: { cpu: 256, memoryMiB: 512 },
      container: { port: 8080, stopTimeoutSeconds: 40 },
      healthCheck: { path: '/health', intervalSeconds: 30, timeoutSeconds: 5, healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
      deregistrationDelaySeconds: 30,
      deployment: { hasCircuitBreaker: true, minHealthyPercent: 100, maxHealthyPercent: 200 },
      infrastructure: { isInternetFacing: true, hasPublicTasks: false, containerInsights: 'enabled', loadBalancerNodes: 2 },
      zoneCount: 2,
    });
    expect(plan.policy).toMatchObject({ minCapacity: 2, maxCapacity: 6 });
    expect(plan.policy.targetTracking).toMatchObject([
      { name: 'requests', metric: 'ALBRequestCountPerTarget', targetValue: 600, scaleOutCooldownSeconds: 60, scaleInCooldownSeconds: 300 },
      { name: 'cpu', metric: 'ECSServiceAverageCPUUtilization', targetValue: 60 },
    ]);
    expect(ignored).toEqual([]);
  });

  test('has a CPU target from 1 to 4 tasks', () => {
    const { plan, ignored } = read(documentOf(PRACTICAL_ON_ECS));
    expect(plan.policy).toMatchObject({ minCapacity: 1, maxCapacity: 4, targetTracking: [{ targetValue: 20 }] });
    expect(plan.healthCheck).toMatchObject({ path: '/api/v1/health', intervalSeconds: 10 });
    expect(ignored).toEqual([]);
  });

  test('has the simple scaling of an auto scaling group', () => {
    const { plan } = read(documentOf(PRACTICAL_ON_EC2));
    expect(plan).toMatchObject({ service: 'aws_autoscaling_group.this', task: { cpu: 2048, memoryMiB: 1024 }, zoneCount: 2 });
    expect(plan.policy).toMatchObject({ platform: 'ec2', minCapacity: 1, maxCapacity: 4, cpuReportSeconds: 60 });
    expect(plan.policy.simpleScaling).toMatchObject([
      { name: 'up', adjustment: 1, cooldownSeconds: 120, alarm: { threshold: 20, evaluationPeriods: 2, periodSeconds: 120 } },
      { name: 'down', adjustment: -1, cooldownSeconds: 120, alarm: { threshold: 10, comparisonOperator: 'LessThanOrEqualToThreshold' } },
    ]);
  });
});

/** The resources with other values in one of them. */
function changed(type: string, values: object, references: PlannedResource['references'] = {}): PlannedResource[] {
  return LOAD_DRIVEN_BACKEND.map((resource) =>
    resource.type === type
      ? { ...resource, values: { ...resource.values, ...values }, references: { ...resource.references, ...references } }
      : resource,
  );
}

test('resources of a module refer to each other, and to those of other modules by the only one of their type', () => {
  const isOfService = ({ type }: PlannedResource) => /ecs|appautoscaling/.test(type);
  const { plan, ignored } = read(
    terraformPlan(
      LOAD_DRIVEN_BACKEND.filter((resource) => !isOfService(resource)),
      { shop: LOAD_DRIVEN_BACKEND.filter(isOfService) },
    ),
  );
  expect(plan).toMatchObject({ service: 'module.shop.aws_ecs_service.this', healthCheck: { path: '/health' } });
  expect(plan.policy.targetTracking).toHaveLength(2);
  expect(ignored.filter((text) => !text.includes('Subnets'))).toEqual([]);
});

test('scheduled actions, steps and Spot are read', () => {
  const scheduled: PlannedResource = {
    type: 'aws_appautoscaling_scheduled_action',
    name: 'morning',
    values: {
      name: 'morning',
      resource_id: 'service/shop/web',
      schedule: 'cron(0 7 ? * MON-FRI *)',
      timezone: 'Europe/Berlin',
      scalable_target_action: [{ min_capacity: 4, max_capacity: null }],
    },
  };
  const spot = {
    launch_type: '',
    capacity_provider_strategy: [
      { capacity_provider: 'FARGATE', base: 2, weight: 0 },
      { capacity_provider: 'FARGATE_SPOT', base: 0, weight: 1 },
    ],
  };
  const { plan } = read(terraformPlan([...changed('aws_ecs_service', spot), scheduled]));
  expect(plan.policy.scheduledActions).toMatchObject([{ name: 'morning', minCapacity: 4, timeZone: 'Europe/Berlin' }]);
  expect(plan.infrastructure).toMatchObject({ onDemandBase: 2, spotShare: 1 });
});

test('what is not followed is named', () => {
  const { ignored } = read(
    terraformPlan(
      changed('aws_ecs_service', {
        ordered_placement_strategy: [{ type: 'spread', field: 'host' }],
        made_up: 'x',
        deployment_controller: [{ type: 'CODE_DEPLOY' }],
      }),
    ),
  );
  expect(ignored).toEqual([
    'aws_ecs_service.this DeploymentController CODE_DEPLOY: CodeDeploy decides how a deployment goes, a rolling deployment of ECS is simulated',
    'aws_ecs_service.this PlacementStrategies: tasks are spread evenly over the zones',
    'aws_ecs_service.this MadeUp: the forecast does not know this property, and goes on without it',
  ]);
});

test('a number that only an apply knows is asked for by its address', () => {
  const resources = changed('aws_appautoscaling_target', { min_capacity: null }, { min_capacity: ['data.aws_ssm_parameter.min.value'] });
  expect(() => read(terraformPlan(resources))).toThrow(
    /^aws_appautoscaling_target.this MinCapacity must be a number, got aws_appautoscaling_target.this.min_capacity, which only a deployment knows/,
  );
  const given = { deployed: { 'aws_appautoscaling_target.this.min_capacity': '3' } };
  const { plan } = readPlan(Template.parse(JSON.stringify(terraformPlan(resources)), 'plan.json', given));
  expect(plan.policy.minCapacity).toBe(3);
});
