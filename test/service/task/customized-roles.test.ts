import { join } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  DeploymentLifecycleLambdaTarget,
  DeploymentLifecycleStage,
  LogDrivers,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, test } from 'vitest';
import { Deployment, ScalableStatelessService, type ScalableStatelessServiceProps, Tracing } from '../../../src';
import { newApp } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const SERVICE_IMAGE = ContainerImage.fromAsset(join(__dirname, '..', '..', '..', 'service-image'));

/** The types of IAM resources in the template of an app whose roles are created elsewhere. */
function iamTypes(app: App, create: (stack: Stack) => void): string[] {
  Role.customizeRoles(app);
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  create(stack);
  const { Resources: resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
  return [...new Set(Object.values(resources).map(({ Type }) => Type))].filter((type) => type.startsWith('AWS::IAM::'));
}

const secret = (stack: Stack) =>
  Secret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(stack, 'Key', { parameterName: '/key' }));

describe('an app whose roles are created elsewhere has neither roles nor policies, whatever the service needs', () => {
  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps]>([
    ['the reference service', () => ({})],
    ['an image of ECR', () => ({ image: IMAGE })],
    ['an image asset', () => ({ image: SERVICE_IMAGE })],
    [
      'secrets, tracing and a shell',
      (stack) => ({
        image: IMAGE,
        secrets: { KEY: secret(stack) },
        tracing: Tracing.xRay(IMAGE),
        readonlyRootFilesystem: false,
        enableExecuteCommand: true,
      }),
    ],
    ['a log router', () => ({ image: IMAGE, logDriver: LogDrivers.firelens({}) })],
    ['a blue/green deployment', () => ({ image: IMAGE, deployment: Deployment.blueGreen() })],
    [
      'a deployment with a hook',
      (stack) => ({
        image: IMAGE,
        deployment: Deployment.canary(),
        lifecycleHooks: [
          new DeploymentLifecycleLambdaTarget(LambdaFunction.fromFunctionName(stack, 'Hook', 'hook'), 'Hook', {
            lifecycleStages: [DeploymentLifecycleStage.POST_TEST_TRAFFIC_SHIFT],
          }),
        ],
      }),
    ],
    [
      'a cluster of the app',
      (stack) => ({ image: IMAGE, cluster: new Cluster(stack, 'Fleet', { vpc: new Vpc(stack, 'Net') }), spotPercent: 50 }),
    ],
  ])('%s', (_, props) => {
    expect(iamTypes(newApp(), (stack) => new ScalableStatelessService(stack, 'Search', props(stack)))).toEqual([]);
  });

  test('as the pattern of the CDK has none', () => {
    const create = (stack: Stack) =>
      new ApplicationLoadBalancedFargateService(stack, 'Search', { taskImageOptions: { image: IMAGE, secrets: { KEY: secret(stack) } } });
    expect(iamTypes(newApp(), create)).toEqual([]);
  });
});
