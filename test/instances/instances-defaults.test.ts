import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { InstanceScaling, ScalableStatelessInstances, type ScalableStatelessInstancesProps } from '../../src';
import { documentedDefaults } from '../documented-defaults';

const PROPS = 'ScalableStatelessInstancesProps';
const all = documentedDefaults();
const own = all.filter(({ struct }) => [PROPS, 'SimpleScalingOptions', 'StepScalingOptions'].includes(struct));
const valued = own.filter(({ value }) => !value!.startsWith('- '));
const ofService = new Map(all.filter(({ struct }) => struct === 'ScalableStatelessServiceProps').map(({ prop, value }) => [prop, value]));

type Read = (template: Template) => unknown;

const first = (template: Template, type: string, id = ''): Record<string, never> =>
  Object.entries(template.findResources(type)).find(([name]) => name.includes(id))![1] as never;
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const LAUNCH_TEMPLATE = 'AWS::EC2::LaunchTemplate';

/** What of the group has a property; `Duration` as in the doc block. */
const group =
  (property: string): Read =>
  (template) =>
    first(template, GROUP)['Properties']![property];
const hook =
  (index: number): Read =>
  (template) =>
    (group('LifecycleHookSpecificationList')(template) as { HeartbeatTimeout: number }[])[index]!.HeartbeatTimeout;
const script = (template: Template): string => JSON.stringify(first(template, LAUNCH_TEMPLATE));
const policyOf =
  (part: string): Read =>
  (template) =>
    first(template, 'AWS::AutoScaling::ScalingPolicy', part)['Properties'] as Record<string, unknown>;

const SIMPLE = { scaling: InstanceScaling.simple({ scaleOutCpuUtilizationPercent: 20, scaleInCpuUtilizationPercent: 10 }) };
const STEPS = {
  scaling: InstanceScaling.steps({
    scalingSteps: [
      { upper: 10, change: -1 },
      { lower: 50, change: 1 },
    ],
  }),
};
const alarmOf =
  (id: string, property: string): Read =>
  (template) =>
    first(template, 'AWS::CloudWatch::Alarm', id)['Properties']![property];

/** Where a template has a default that the service does not have, or has elsewhere; with the props that it needs. */
const IN_TEMPLATE: Record<string, readonly [string, Read, ScalableStatelessInstancesProps?]> = {
  [`${PROPS}.scaling`]: [
    'InstanceScaling.targetTracking()',
    (template) =>
      (policyOf('Cpu')(template) as { PolicyType: string }).PolicyType === 'TargetTrackingScaling' && 'InstanceScaling.targetTracking()',
  ],
  [`${PROPS}.defaultInstanceWarmup`]: ['Duration.seconds(60)', group('DefaultInstanceWarmup')],
  [`${PROPS}.launchTimeout`]: ['Duration.minutes(5)', hook(0)],
  [`${PROPS}.healthCheckGracePeriod`]: ['Duration.seconds(60)', group('HealthCheckGracePeriod')],
  [`${PROPS}.minHealthyPercent`]: [
    '100',
    (template) => (group('InstanceMaintenancePolicy')(template) as Record<string, number>)['MinHealthyPercentage'],
  ],
  [`${PROPS}.maxHealthyPercent`]: [
    '200',
    (template) => (group('InstanceMaintenancePolicy')(template) as Record<string, number>)['MaxHealthyPercentage'],
  ],
  [`${PROPS}.spotPercent`]: ['0', (template) => (group('MixedInstancesPolicy')(template) === undefined ? 0 : undefined)],
  [`${PROPS}.detailedMonitoring`]: ['true', (template) => script(template).includes('"Monitoring":{"Enabled":true}')],
  [`${PROPS}.ssmSessionPermissions`]: [
    'true',
    (template) => JSON.stringify(template.findResources('AWS::IAM::Policy')).includes('ssmmessages'),
  ],
  [`${PROPS}.containerPort`]: ['8080', (template) => Number(/--publish 8080:(\d+)/.exec(script(template))?.[1])],
  [`${PROPS}.readonlyRootFilesystem`]: ['true', (template) => script(template).includes('--read-only')],
  [`${PROPS}.initProcessEnabled`]: ['true', (template) => script(template).includes('--init')],
  [`${PROPS}.stopTimeout`]: ['Duration.seconds(60)', (template) => Number(/--stop-timeout (\d+)/.exec(script(template))?.[1])],
  'SimpleScalingOptions.adjustment': [
    '1',
    (template) => (policyOf('ScaleOut')(template) as { ScalingAdjustment: number }).ScalingAdjustment,
    SIMPLE,
  ],
  'SimpleScalingOptions.evaluationPeriods': ['2', alarmOf('ScaleOut', 'EvaluationPeriods'), SIMPLE],
  'SimpleScalingOptions.period': ['Duration.minutes(2)', alarmOf('ScaleOut', 'Period'), SIMPLE],
  'StepScalingOptions.evaluationPeriods': ['2', alarmOf('CpuSteps', 'EvaluationPeriods'), STEPS],
  'StepScalingOptions.period': ['Duration.minutes(1)', alarmOf('CpuSteps', 'Period'), STEPS],
};

test('every default that is a value is that of the service, which is compared with its template, or is compared here', () => {
  const others = valued.filter(({ name, prop, value }) => IN_TEMPLATE[name] === undefined && ofService.get(prop) !== value);
  expect(others).toEqual([]);
  expect(Object.entries(IN_TEMPLATE).filter(([name, [text]]) => valued.find((each) => each.name === name)?.value !== text)).toEqual([]);
});

test.each(Object.entries(IN_TEMPLATE))('%s is what the template holds', (_, [text, read, props]) => {
  const stack = new Stack(new App(), 'Shop');
  new ScalableStatelessInstances(stack, 'Search', { instanceType: new InstanceType('c7g.medium'), ...props });
  expect(read(Template.fromStack(stack))).toEqual(meaningOf(text));
});

function meaningOf(text: string): unknown {
  const [, unit, number] = /^Duration\.(seconds|minutes)\((\d+)\)$/.exec(text) ?? [];
  if (unit !== undefined) return Number(number) * (unit === 'minutes' ? 60 : 1);
  return /^[\d.]+$|^(true|false)$/.test(text) ? JSON.parse(text) : text;
}
