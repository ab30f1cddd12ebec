import { existsSync, readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import { propertiesOf, synthesize } from './synthesize';

const SERVICE = 'AWS::ECS::Service';
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

/** Every default that is a value, and where a template of a service without props has it. */
const IN_TEMPLATE: Record<string, (template: Template) => unknown> = {
  'DeploymentProps.healthCheckGracePeriod': of(SERVICE, 'HealthCheckGracePeriodSeconds'),
  'HealthCheckOptions.healthyThresholdCount': of(TARGET_GROUP, 'HealthyThresholdCount'),
  'HealthCheckOptions.interval': of(TARGET_GROUP, 'HealthCheckIntervalSeconds'),
  'HealthCheckOptions.path': of(TARGET_GROUP, 'HealthCheckPath'),
  'HealthCheckOptions.timeout': of(TARGET_GROUP, 'HealthCheckTimeoutSeconds'),
  'HealthCheckOptions.unhealthyThresholdCount': of(TARGET_GROUP, 'UnhealthyThresholdCount'),
  'LoadBalancerProps.internetFacing': (template) => propertiesOf(template, LOAD_BALANCER)['Scheme'] === 'internet-facing',
  'ObservabilityProps.logRetention': of('AWS::Logs::LogGroup', 'RetentionInDays'),
  'ScalingProps.maxCapacity': of(SCALABLE_TARGET, 'MaxCapacity'),
  'ScalingProps.minCapacity': of(SCALABLE_TARGET, 'MinCapacity'),
  'ScalingProps.requestsPerSecondPerTask': (template) => Number(tracking(template, 'Requests')['TargetValue']) / 60,
  'ScalingProps.scaleInCooldown': (template) => tracking(template, 'Requests')['ScaleInCooldown'],
  'ScalingProps.scaleOutCooldown': (template) => tracking(template, 'Cpu')['ScaleOutCooldown'],
  'ScalingProps.targetCpuUtilizationPercent': (template) => tracking(template, 'Cpu')['TargetValue'],
  'TaskProps.containerPort': (template) => (container(template)['PortMappings'] as { ContainerPort: number }[])[0]!.ContainerPort,
  'TaskProps.cpu': (template) => Number(propertiesOf(template, TASK_DEFINITION)['Cpu']),
  'TaskProps.memoryLimitMiB': (template) => Number(propertiesOf(template, TASK_DEFINITION)['Memory']),
};

const documented = documentedDefaults();
const { template } = synthesize();

test('every prop that may be left out says what happens then', () => {
  expect(documented.filter(({ value }) => value === undefined)).toEqual([]);
});

test('every default that is a value is compared with the template', () => {
  const values = documented.filter(({ value }) => !value?.startsWith('- '));
  expect(values.map(({ name }) => name).sort()).toEqual(Object.keys(IN_TEMPLATE).sort());
});

test.each(Object.entries(IN_TEMPLATE))('%s is what the template holds', (name, read) => {
  const text = documented.find((each) => each.name === name)!.value!;
  expect(read(template)).toEqual(meaningOf(text));
});

/** What a default in a doc block stands for in a template. */
function meaningOf(text: string): unknown {
  const seconds = /^Duration\.seconds\((\d+)\)$/.exec(text)?.[1];
  const retention = /^RetentionDays\.(\w+)$/.exec(text)?.[1];
  if (retention !== undefined) return RetentionDays[retention as keyof typeof RetentionDays];
  return JSON.parse(seconds ?? text);
}

function of(type: string, property: string): (template: Template) => unknown {
  return (template) => propertiesOf(template, type)[property];
}

function tracking(template: Template, name: string): Record<string, unknown> {
  const policies = Object.values(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
  const found = policies.map((policy) => policy['Properties']).find((policy) => policy.PolicyName === name);
  return found.TargetTrackingScalingPolicyConfiguration;
}

function container(template: Template): Record<string, unknown> {
  return (propertiesOf(template, TASK_DEFINITION)['ContainerDefinitions'] as Record<string, unknown>[])[0]!;
}

interface DocumentedDefault {
  readonly name: string;
  readonly value: string | undefined;
}

/** The defaults in the doc blocks, as jsii has read them. */
function documentedDefaults(): DocumentedDefault[] {
  const file = new URL('../.jsii', import.meta.url);
  if (!existsSync(file)) throw new Error("the documented defaults are read from .jsii, which is missing: run 'npm run compile' first");
  const { types } = JSON.parse(readFileSync(file, 'utf8')) as { types: Record<string, JsiiType> };
  return Object.values(types)
    .filter(({ datatype }) => datatype === true)
    .flatMap(({ name, properties }) =>
      (properties ?? [])
        .filter(({ optional }) => optional === true)
        .map((prop) => ({ name: `${name}.${prop.name}`, value: prop.docs?.default })),
    );
}

interface JsiiType {
  readonly name: string;
  readonly datatype?: boolean;
  readonly properties?: readonly { readonly name: string; readonly optional?: boolean; readonly docs?: { readonly default?: string } }[];
}
