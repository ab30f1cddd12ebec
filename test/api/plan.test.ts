import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import type { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Plan, ScalableStatelessService, Traffic } from '../../src';
import { templateTextOf } from '../../src/api/plan';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template as PlanTemplate } from '../../src/plan/template/template';
import { newApp, synthesize } from '../synthesize';

function planIn(text: string): unknown {
  return readPlan(PlanTemplate.parse(text, 'the template')).plan;
}

function requests(perSecond: number): { traffic: Traffic; seeds: number } {
  return { traffic: Traffic.requestsPerSecond(perSecond, Duration.minutes(10)), seeds: 1 };
}

describe('a plan is what the template contains', () => {
  const props = fc.record(
    {
      minCapacity: fc.integer({ min: 1, max: 5 }),
      maxCapacity: fc.integer({ min: 5, max: 50 }),
      targetCpuUtilizationPercent: fc.integer({ min: 1, max: 100 }),
      requestsPerSecondPerTask: fc.double({ min: 0.01, max: 5000, noNaN: true }),
      scaleOutCooldown: fc.nat(3600).map(Duration.seconds),
      scaleInCooldown: fc.nat(3600).map(Duration.seconds),
      containerPort: fc.integer({ min: 1, max: 65_535 }),
      healthCheck: fc.record({
        path: fc.constantFrom('/', '/ready', '/health/live'),
        interval: fc.integer({ min: 10, max: 300 }).map(Duration.seconds),
        timeout: fc.integer({ min: 2, max: 9 }).map(Duration.seconds),
        healthyThresholdCount: fc.integer({ min: 2, max: 10 }),
        unhealthyThresholdCount: fc.integer({ min: 2, max: 10 }),
      }),
    },
    { requiredKeys: [] },
  );

  test('whatever the props: what a forecast reads before synthesis is what synthesis writes', () => {
    fc.assert(
      fc.property(props, (some) => {
        const stack = new Stack(newApp(), 'Shop');
        new ScalableStatelessService(stack, 'Search', { image: ContainerImage.fromRegistry('shop'), ...some });
        const before = planIn(templateTextOf(stack));
        expect(before).toEqual(planIn(JSON.stringify(Template.fromStack(stack).toJSON())));
      }),
      { numRuns: 15 },
    );
  });

  test('with the rules that were added to its scaling', () => {
    const { service } = synthesize();
    expect(service.forecast(requests(20)).activities).toEqual([]);
    service.scaling.scaleOnCpuUtilization('Tight', { targetUtilizationPercent: 5 });
    expect(service.forecast(requests(20)).activities[0]).toMatchObject({ cause: expect.stringContaining('Tight') });
  });

  test('with the schedules that were added to it, at the time of the week when they act', () => {
    const { service } = synthesize();
    const schedule = Schedule.cron({ weekDay: 'FRI', hour: '8', minute: '35' });
    service.scaling.scaleOnSchedule('Morning', { schedule, minCapacity: 5 });
    const lastCount = (startsAt: string): number => service.forecast({ ...requests(1), startsAt }).timeline.at(-1)!.desiredCount;
    expect([lastCount('2026-11-27T08:30'), lastCount('2026-11-26T08:30')]).toEqual([5, 2]);
  });

  test('with what an escape hatch changed', () => {
    const { service } = synthesize();
    (service.targetGroup.node.defaultChild as CfnTargetGroup).addPropertyOverride('HealthCheckIntervalSeconds', 'often');
    expect(() => service.plan()).toThrow(/HealthCheckIntervalSeconds must be a number, got 'often'$/);
  });

  test('and may still be changed after it was forecast', () => {
    const stack = new Stack(newApp(), 'Shop');
    const one = new ScalableStatelessService(stack, 'Search', { minCapacity: 3 });
    expect(one.forecast(requests(1)).maxTasks).toBe(3);
    const other = new ScalableStatelessService(stack, 'Orders', { minCapacity: 4, vpc: one.vpc });
    expect(other.forecast(requests(1)).maxTasks).toBe(4);
    expect(one.forecast(requests(1)).maxTasks).toBe(3);
  });
});

describe('a service that this package did not make', () => {
  function otherService(): Stack {
    const stack = new Stack(newApp(), 'Other');
    const { service } = new ApplicationLoadBalancedFargateService(stack, 'Web', {
      taskImageOptions: { image: ContainerImage.fromRegistry('web') },
    });
    service.autoScaleTaskCount({ minCapacity: 1, maxCapacity: 8 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
    return stack;
  }

  test('is forecast from its stack and from its template alike', () => {
    const [stack, question] = [otherService(), { ...requests(3000), seeds: 5 }];
    const outcome = Plan.ofStack(stack).forecast(question);
    expect(outcome.maxTasks).toBeGreaterThan(1);
    const fromTemplate = Plan.ofTemplate(Template.fromStack(stack).toJSON()).forecast(question);
    expect(fromTemplate.timeline).toEqual(outcome.timeline);
    expect(fromTemplate.activities).toEqual(outcome.activities);
  });

  test.each([
    [{}, /^the template is no CloudFormation template: it has no Resources$/],
    [{ Resources: {} }, /^the template has no AWS::ECS::Service$/],
    [{ Resources: { Web: { Type: 'AWS::ECS::Service', Properties: {} } } }, /^Web must have LoadBalancers with a target group, got none/],
  ])('is refused with a sentence where there is none: %j', (template, sentence) => {
    expect(() => Plan.ofTemplate(template)).toThrow(sentence);
  });

  test('has the parameters that are given', () => {
    const template = Template.fromStack(otherService()).toJSON();
    const [target] = Object.values(template['Resources'] as Record<string, { Type: string; Properties: Record<string, unknown> }>).filter(
      ({ Type }) => Type === 'AWS::ApplicationAutoScaling::ScalableTarget',
    );
    target!.Properties['MinCapacity'] = { Ref: 'Min' };
    template['Parameters'] = { Min: { Type: 'Number' } };
    expect(() => Plan.ofTemplate(template)).toThrow(/MinCapacity must be a number, got Min, which only a deployment knows/);
    const outcome = Plan.ofTemplate(template, undefined, { Min: '3' }).forecast({ ...requests(10), seeds: 1 });
    expect(outcome.timeline[0]!.desiredCount).toBe(3);
    expect(() => Plan.ofTemplate(template, undefined, { Min: 3 as never })).toThrow(/parameters/);
  });

  test('must be chosen where there are several', () => {
    const stack = otherService();
    new ScalableStatelessService(stack, 'Search');
    expect(() => Plan.ofStack(stack)).toThrow(/the template has 2 services/);
  });
});

describe('a plan that is changed to what cannot be', () => {
  const plan = synthesize().service.plan();

  test.each([
    [{ maxAzs: 0 }, 'the number of Availability Zones must be a whole number of at least 1, got 0'],
    [{ maxAzs: 1.5 }, 'the number of Availability Zones must be a whole number of at least 1, got 1.5'],
    [{ natGateways: -1 }, 'natGateways must be a whole number of at least 0, got -1'],
    [{ interfaceEndpoints: 0.5 }, 'interfaceEndpoints must be a whole number of at least 0, got 0.5'],
    [{ spotPercent: 400 }, 'spotShare must be from 0 to 1, got 4'],
    [{ onDemandBase: 1.5 }, 'onDemandBase must be a whole number of at least 0, got 1.5'],
  ])('%j is refused by its forecast', (changes, sentence) => {
    expect(() => plan.withChanges(changes).forecast(requests(10))).toThrow(sentence);
  });

  test.each([
    [{ cpu: 300 }, 'cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 on Fargate, got 300'],
    [{ memoryLimitMiB: 100 }, 'memoryLimitMiB must be one of 512, 1024, 2048 for cpu (256) on Fargate, got 100'],
  ])('%j is refused at once', (changes, sentence) => {
    expect(() => plan.withChanges(changes)).toThrow(sentence);
  });
});

test('traffic that JavaScript leaves out is an error with an example', () => {
  const plan = new ScalableStatelessService(new Stack(newApp(), 'Shop'), 'Search').plan();
  expect(() => plan.forecast({} as never)).toThrow('traffic must be Traffic such as Traffic.users(30, Duration.minutes(5))');
});
