import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { DEFAULTS } from '../../../src/plan/default-plan';
import { FLAG_SETS, idOf, newApp, propertiesOf, synthesize } from '../../synthesize';

const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

/** What the policy of a name follows, and how. */
function tracking(template: Template, name: 'Requests' | 'Cpu'): unknown {
  const policies = Object.values(template.findResources(POLICY)).map((policy) => policy['Properties']);
  return policies.find((policy) => policy.PolicyName === name)?.TargetTrackingScalingPolicyConfiguration;
}

describe.each(FLAG_SETS)('scaling %s', (_, flags) => {
  const { template } = synthesize({}, flags);
  const cooldowns = { ScaleOutCooldown: DEFAULTS.scaleOutCooldownSeconds, ScaleInCooldown: DEFAULTS.scaleInCooldownSeconds };

  test('keeps the number of tasks of this service within bounds', () => {
    expect(propertiesOf(template, TARGET)).toMatchObject({
      MinCapacity: DEFAULTS.minCapacity,
      MaxCapacity: DEFAULTS.maxCapacity,
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: {
        'Fn::Join': [
          '',
          ['service/', { Ref: idOf(template, 'AWS::ECS::Cluster') }, '/', { 'Fn::GetAtt': [idOf(template, 'AWS::ECS::Service'), 'Name'] }],
        ],
      },
    });
  });

  test('follows CPU', () => {
    expect(tracking(template, 'Cpu')).toMatchObject({
      PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      TargetValue: DEFAULTS.targetCpuUtilizationPercent,
      ...cooldowns,
    });
  });

  test('follows requests for each task, in the unit of the metric: per minute', () => {
    expect(tracking(template, 'Requests')).toMatchObject({
      PredefinedMetricSpecification: { PredefinedMetricType: 'ALBRequestCountPerTarget' },
      TargetValue: DEFAULTS.requestsPerSecondPerTask * 60,
      ...cooldowns,
    });
  });

  test('follows the requests of its own load balancer and target group', () => {
    const label = JSON.stringify(tracking(template, 'Requests'));
    expect(label).toContain(idOf(template, 'AWS::ElasticLoadBalancingV2::Listener'));
    expect(label).toContain(`"${idOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')}","TargetGroupFullName"`);
  });

  test('follows nothing else', () => {
    template.resourceCountIs(POLICY, 2);
  });
});

test('both policies have the cooldowns that they are given, 0 included', () => {
  const { template } = synthesize({ scaleOutCooldown: Duration.seconds(0), scaleInCooldown: Duration.minutes(10) });
  for (const name of ['Requests', 'Cpu'] as const) {
    expect(tracking(template, name)).toMatchObject({ ScaleOutCooldown: 0, ScaleInCooldown: 600 });
  }
});

test.each([
  [0.5, 30],
  [1.1, 66],
  [0.7, 42],
  [200, 12_000],
])('%d requests per second are %d in the template', (requestsPerSecondPerTask, TargetValue) => {
  expect(tracking(synthesize({ requestsPerSecondPerTask }).template, 'Requests')).toMatchObject({ TargetValue });
});

test('another target is another value of the same policy', () => {
  const idsOf = (props: ScalableStatelessServiceProps) => Object.keys(synthesize(props).template.findResources(POLICY));
  const changed = { targetCpuUtilizationPercent: 35, requestsPerSecondPerTask: 7, minCapacity: 4, maxCapacity: 9 };
  expect(idsOf(changed)).toEqual(idsOf({}));
});

test('takes further rules', () => {
  const stack = new Stack(newApp(), 'Shop');
  const { scaling } = new ScalableStatelessService(stack, 'Search');
  scaling.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 4 });
  expect(propertiesOf(Template.fromStack(stack), TARGET)['ScheduledActions']).toEqual([
    expect.objectContaining({ Schedule: 'cron(0 8 * * ? *)', ScalableTargetAction: { MinCapacity: 4 } }),
  ]);
});
