import { Duration, Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { SslPolicy, TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import { Deployment, Firewall, HighResolutionMetrics, PredictiveScaling, type ScalableStatelessServiceProps } from '../src';
import { documentedDefaults } from './documented-defaults';
import { propertiesOf, synthesize } from './synthesize';

const SERVICE = 'AWS::ECS::Service';
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';

const HTTPS: ScalableStatelessServiceProps = {
  certificate: Certificate.fromCertificateArn(new Stack(), 'Mine', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
};

/** Every default that is a value, and where a template of a service without props has it. */
const IN_TEMPLATE: Record<string, (template: Template) => unknown> = {
  'BlueGreenOptions.bakeTime': (template) => Number(deployment(template)['BakeTimeInMinutes']) * 60,
  'CanaryOptions.percent': (template) => (deployment(template)['CanaryConfiguration'] as { CanaryPercent: number }).CanaryPercent,
  'CanaryOptions.trialTime': (template) =>
    (deployment(template)['CanaryConfiguration'] as { CanaryBakeTimeInMinutes: number }).CanaryBakeTimeInMinutes * 60,
  'LinearOptions.stepPercent': (template) => (deployment(template)['LinearConfiguration'] as { StepPercent: number }).StepPercent,
  'LinearOptions.stepTime': (template) =>
    (deployment(template)['LinearConfiguration'] as { StepBakeTimeInMinutes: number }).StepBakeTimeInMinutes * 60,
  'DeploymentProps.availabilityZoneRebalancing': (template) => propertiesOf(template, SERVICE)['AvailabilityZoneRebalancing'] === 'ENABLED',
  'DeploymentProps.deployment': (template) => (deployment(template)['Strategy'] === undefined ? Deployment.rolling() : undefined),
  'DeploymentProps.maxHealthyPercent': (template) => deployment(template)['MaximumPercent'],
  'DeploymentProps.minHealthyPercent': (template) => deployment(template)['MinimumHealthyPercent'],
  'DeploymentProps.rollbackOnAlarms': (template) => (deployment(template)['Alarms'] as { Rollback: boolean }).Rollback,
  'DeploymentProps.spotPercent': (template) =>
    JSON.stringify(propertiesOf(template, SERVICE)['CapacityProviderStrategy']).includes('SPOT') ? undefined : 0,
  'DeploymentProps.healthCheckGracePeriod': of(SERVICE, 'HealthCheckGracePeriodSeconds'),
  'HealthCheckOptions.healthyThresholdCount': of(TARGET_GROUP, 'HealthyThresholdCount'),
  'HealthCheckOptions.interval': of(TARGET_GROUP, 'HealthCheckIntervalSeconds'),
  'HealthCheckOptions.path': of(TARGET_GROUP, 'HealthCheckPath'),
  'HealthCheckOptions.timeout': of(TARGET_GROUP, 'HealthCheckTimeoutSeconds'),
  'HealthCheckOptions.unhealthyThresholdCount': of(TARGET_GROUP, 'UnhealthyThresholdCount'),
  'LoadBalancerProps.accessLogs': (template) => attribute(template, LOAD_BALANCER, 'access_logs.s3.enabled') === 'true',
  'LoadBalancerProps.deletionProtection': (template) => attribute(template, LOAD_BALANCER, 'deletion_protection.enabled') === 'true',
  'LoadBalancerProps.dropInvalidHeaders': (template) =>
    attribute(template, LOAD_BALANCER, 'routing.http.drop_invalid_header_fields.enabled') === 'true',
  'LoadBalancerProps.idleTimeout': (template) => Number(attribute(template, LOAD_BALANCER, 'idle_timeout.timeout_seconds')),
  'LoadBalancerProps.internetFacing': (template) => propertiesOf(template, LOAD_BALANCER)['Scheme'] === 'internet-facing',
  'LoadBalancerProps.redirectHttp': (template) => JSON.stringify(template.findResources(LISTENER)).includes('"redirect"'),
  'LoadBalancerProps.sslPolicy': (template) => propertiesOf(template, LISTENER, 'LoadBalancerListener')['SslPolicy'],
  'ManagedFirewallOptions.requestsPerFiveMinutes': (template) => {
    const [rule] = propertiesOf(template, 'AWS::WAFv2::WebACL')['Rules'] as { Statement: { RateBasedStatement: { Limit: number } } }[];
    return rule!.Statement.RateBasedStatement.Limit;
  },
  'NetworkProps.availabilityZones': (template) => Object.keys(template.findResources('AWS::EC2::Subnet')).length / 2,
  'NetworkProps.flowLogs': (template) => Object.keys(template.findResources('AWS::EC2::FlowLog')).length === 1,
  'NetworkProps.vpcCidr': of('AWS::EC2::VPC', 'CidrBlock'),
  'ObservabilityProps.alarms': (template) => Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length > 0,
  'ObservabilityProps.containerInsights': (template) =>
    (propertiesOf(template, 'AWS::ECS::Cluster')['ClusterSettings'] as { Value: string }[])[0]!.Value,
  'ObservabilityProps.dashboard': (template) => Object.keys(template.findResources('AWS::CloudWatch::Dashboard')).length === 1,
  'ObservabilityProps.latencyAlarmThreshold': (template) => propertiesOf(template, 'AWS::CloudWatch::Alarm', 'SlowResponses')['Threshold'],
  'ObservabilityProps.serverErrorAlarmPercent': (template) => propertiesOf(template, 'AWS::CloudWatch::Alarm', 'ServerErrors')['Threshold'],
  'ObservabilityProps.logRetention': (template) => propertiesOf(template, 'AWS::Logs::LogGroup', 'SearchLogGroup')['RetentionInDays'],
  'RulePackProps.acknowledgeFindings': (template) => JSON.stringify(template).includes('rules_to_suppress'),
  'ScalingProps.disableScaleIn': (template) => tracking(template, 'Requests')['DisableScaleIn'],
  'ScalingProps.highResolutionMetrics': (template) => (propertiesOf(template, SERVICE)['Monitoring'] === undefined ? 'OFF' : 'FOLLOWED'),
  'ScalingProps.predictiveScaling': (template) => (JSON.stringify(template).includes('PredictiveScaling') ? 'ForecastOnly' : 'OFF'),
  'ScalingProps.responseTimeLeastRequestsPerSecond': (template) =>
    Number(/IF\(requests > (\d+), latency, 0\)/.exec(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm')))?.[1]) / 60,
  'ScalingProps.scaleOnCpu': (template) => tracking(template, 'Cpu') !== undefined,
  'ScalingProps.scaleOnRequests': (template) => tracking(template, 'Requests') !== undefined,
  'ScalingProps.maxCapacity': of(SCALABLE_TARGET, 'MaxCapacity'),
  'ScalingProps.minCapacity': of(SCALABLE_TARGET, 'MinCapacity'),
  'ScalingProps.requestsPerSecondPerTask': (template) => Number(tracking(template, 'Requests')['TargetValue']) / 60,
  'ScalingProps.scaleInCooldown': (template) => tracking(template, 'Requests')['ScaleInCooldown'],
  'ScalingProps.scaleOutCooldown': (template) => tracking(template, 'Cpu')['ScaleOutCooldown'],
  'ScalingProps.targetCpuUtilizationPercent': (template) => tracking(template, 'Cpu')['TargetValue'],
  'TargetGroupProps.anomalyMitigation': (template) =>
    attribute(template, TARGET_GROUP, 'load_balancing.algorithm.anomaly_mitigation') === 'on',
  'TargetGroupProps.deregistrationDelay': (template) => Number(attribute(template, TARGET_GROUP, 'deregistration_delay.timeout_seconds')),
  'TargetGroupProps.routingAlgorithm': (template) => attribute(template, TARGET_GROUP, 'load_balancing.algorithm.type'),
  'TaskProps.containerPort': (template) => (container(template)['PortMappings'] as { ContainerPort: number }[])[0]!.ContainerPort,
  'TaskProps.cpu': (template) => Number(propertiesOf(template, TASK_DEFINITION)['Cpu']),
  'TaskProps.enableExecuteCommand': of(SERVICE, 'EnableExecuteCommand'),
  'TaskProps.initProcess': (template) => (container(template)['LinuxParameters'] as { InitProcessEnabled: boolean }).InitProcessEnabled,
  'TaskProps.memoryLimitMiB': (template) => Number(propertiesOf(template, TASK_DEFINITION)['Memory']),
  'TaskProps.readonlyRootFilesystem': (template) => container(template)['ReadonlyRootFilesystem'],
  'TaskProps.stopTimeout': (template) => container(template)['StopTimeout'],
};

/** What some defaults need before they mean anything. */
const NEEDED: Record<string, ScalableStatelessServiceProps> = {
  'BlueGreenOptions.bakeTime': { deployment: Deployment.blueGreen() },
  'CanaryOptions.percent': { deployment: Deployment.canary() },
  'CanaryOptions.trialTime': { deployment: Deployment.canary() },
  'LinearOptions.stepPercent': { deployment: Deployment.linear() },
  'LinearOptions.stepTime': { deployment: Deployment.linear() },
  'ScalingProps.responseTimeLeastRequestsPerSecond': { maxResponseTime: Duration.seconds(1) },
  'LoadBalancerProps.redirectHttp': HTTPS,
  'LoadBalancerProps.sslPolicy': HTTPS,
  'ManagedFirewallOptions.requestsPerFiveMinutes': { firewall: Firewall.managed() },
};

const all = documentedDefaults();
// what a forecast is asked is in no template, and has a test of its own.
const documented = all.filter(({ file }) => !file.startsWith('src/forecasting/'));

test('every prop that may be left out says what happens then', () => {
  expect(all.filter(({ value }) => value === undefined)).toEqual([]);
});

test('every default that is a value is compared with the template', () => {
  const values = documented.filter(({ value }) => !value?.startsWith('- '));
  expect(values.map(({ name }) => name).sort()).toEqual(Object.keys(IN_TEMPLATE).sort());
});

test.each(Object.entries(IN_TEMPLATE))('%s is what the template holds', (name, read) => {
  const text = documented.find((each) => each.name === name)!.value!;
  expect(read(synthesize(NEEDED[name]).template)).toEqual(meaningOf(text));
});

/** The enumerations that defaults are members of. */
const ENUMERATIONS: Record<string, Record<string, unknown>> = {
  ContainerInsights,
  HighResolutionMetrics,
  PredictiveScaling,
  RetentionDays,
  SslPolicy,
  TargetGroupLoadBalancingAlgorithmType,
};

/** What a default in a doc block stands for in a template. */
function meaningOf(text: string): unknown {
  if (text === 'Deployment.rolling()') return Deployment.rolling();
  const minutes = /^Duration\.minutes\((\d+)\)$/.exec(text)?.[1];
  if (minutes !== undefined) return Number(minutes) * 60;
  const seconds = /^Duration\.seconds\((\d+)\)$/.exec(text)?.[1];
  const [, enumeration, member] = /^([A-Z]\w+)\.([A-Z0-9_]+)$/.exec(text) ?? [];
  if (enumeration !== undefined) return ENUMERATIONS[enumeration]![member!];
  return JSON.parse(seconds ?? text);
}

function attribute(template: Template, type: string, key: string): string | undefined {
  const { LoadBalancerAttributes, TargetGroupAttributes } = propertiesOf(template, type) as Record<
    string,
    { Key: string; Value: string }[]
  >;
  return (LoadBalancerAttributes ?? TargetGroupAttributes)!.find(({ Key }) => Key === key)?.Value;
}

function of(type: string, property: string): (template: Template) => unknown {
  return (template) => propertiesOf(template, type)[property];
}

function deployment(template: Template): Record<string, unknown> {
  return propertiesOf(template, SERVICE)['DeploymentConfiguration'] as Record<string, unknown>;
}

function tracking(template: Template, name: string): Record<string, unknown> {
  const policies = Object.values(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
  const found = policies.map((policy) => policy['Properties']).find((policy) => policy.PolicyName === name);
  return found.TargetTrackingScalingPolicyConfiguration;
}

function container(template: Template): Record<string, unknown> {
  return (propertiesOf(template, TASK_DEFINITION)['ContainerDefinitions'] as Record<string, unknown>[])[0]!;
}
