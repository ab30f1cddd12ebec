import { CfnParameter, Duration, Fn, Lazy, type Stack, Token } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { propertiesOf, refusals, synthesize } from '../synthesize';

const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

function parameter(stack: Stack, id: string): CfnParameter {
  return new CfnParameter(stack, id, { type: 'Number' });
}

describe('tokens pass', () => {
  const { template } = synthesize((stack) => ({
    minCapacity: parameter(stack, 'Least').valueAsNumber,
    maxCapacity: parameter(stack, 'Most').valueAsNumber,
    targetCpuUtilizationPercent: parameter(stack, 'Cpu').valueAsNumber,
    cpu: parameter(stack, 'Size').valueAsNumber,
    memoryLimitMiB: parameter(stack, 'Memory').valueAsNumber,
    containerPort: parameter(stack, 'Port').valueAsNumber,
    scaleOutCooldown: Duration.seconds(parameter(stack, 'Out').valueAsNumber),
    scaleInCooldown: Duration.seconds(parameter(stack, 'In').valueAsNumber),
    healthCheck: {
      path: new CfnParameter(stack, 'Path').valueAsString,
      healthyThresholdCount: parameter(stack, 'Healthy').valueAsNumber,
      unhealthyThresholdCount: parameter(stack, 'Unhealthy').valueAsNumber,
    },
  }));

  test('to the scaling rules', () => {
    expect(propertiesOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({
      MinCapacity: { Ref: 'Least' },
      MaxCapacity: { Ref: 'Most' },
    });
    template.hasResourceProperties(POLICY, {
      PolicyName: 'Cpu',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: { Ref: 'Cpu' },
        ScaleOutCooldown: { Ref: 'Out' },
        ScaleInCooldown: { Ref: 'In' },
      },
    });
  });

  test('to the health check', () => {
    expect(propertiesOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({
      HealthCheckPath: { Ref: 'Path' },
      HealthyThresholdCount: { Ref: 'Healthy' },
      UnhealthyThresholdCount: { Ref: 'Unhealthy' },
    });
  });

  test('to the task, and to the port of the props', () => {
    expect(propertiesOf(template, 'AWS::ECS::TaskDefinition')).toMatchObject({
      Cpu: { Ref: 'Size' },
      Memory: { Ref: 'Memory' },
      ContainerDefinitions: [
        { PortMappings: [{ ContainerPort: { Ref: 'Port' } }], Environment: [{ Name: 'PORT', Value: { Ref: 'Port' } }] },
      ],
    });
  });
});

describe('a request target', () => {
  test('may be known late, as long as it is before the deployment', () => {
    const { template } = synthesize({ requestsPerSecondPerTask: Lazy.number({ produce: () => 1.5 }) });
    template.hasResourceProperties(POLICY, { TargetTrackingScalingPolicyConfiguration: { TargetValue: 90 } });
  });

  test('is refused where only the deployment knows it: CloudFormation cannot multiply it', () => {
    const refused = refusals((stack) => ({ requestsPerSecondPerTask: parameter(stack, 'Rate').valueAsNumber }));
    expect(refused).toEqual(['requestsPerSecondPerTask must be a number known at synthesis, got {"Ref":"Rate"}']);
    expect(refusals({ requestsPerSecondPerTask: Token.asNumber(Fn.importValue('Rate')) })).toEqual([
      'requestsPerSecondPerTask must be a number known at synthesis, got a token',
    ]);
  });
});
