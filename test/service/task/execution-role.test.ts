import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService } from '../../../src';
import { idOf, newApp, propertiesOf, synthesize } from '../../synthesize';

const POLICY = 'AWS::IAM::Policy';
const LOGIN = 'ecr:GetAuthorizationToken';

function actionsOf(template: Template, part: string): string[] {
  const { Statement } = propertiesOf(template, POLICY, part)['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
  return Statement.flatMap(({ Action }) => Action);
}

describe('the login to the registry has a policy of its own', () => {
  test('once, however many images of ECR there are', () => {
    const { template } = synthesize((stack) => {
      const image = ContainerImage.fromEcrRepository(new Repository(stack, 'Images'), '7');
      return { image, sidecars: { proxy: { image }, agent: { image } } };
    });
    expect(actionsOf(template, 'RegistryLogin')).toEqual([LOGIN]);
    expect(actionsOf(template, 'ExecutionRoleDefaultPolicy')).not.toContain(LOGIN);
  });

  test('and nothing that is granted to the role later is in it', () => {
    const stack = new Stack(newApp(), 'Shop');
    const { executionRole } = new ScalableStatelessService(stack, 'Search');
    executionRole.addToPolicy(new PolicyStatement({ actions: [LOGIN], resources: ['*'] }));
    executionRole.addToPolicy(new PolicyStatement({ actions: [LOGIN, 'dynamodb:GetItem'], resources: ['*'] }));
    executionRole.addToPolicy(new PolicyStatement({ notActions: ['iam:*'], resources: ['*'] }));
    const template = Template.fromStack(stack);
    expect(actionsOf(template, 'RegistryLogin')).toEqual([LOGIN]);
    expect(actionsOf(template, 'ExecutionRoleDefaultPolicy')).toContain('dynamodb:GetItem');
    expect(JSON.stringify(propertiesOf(template, POLICY, 'ExecutionRoleDefaultPolicy'))).toContain('NotAction');
  });

  test('and is not there where nothing is pulled from ECR', () => {
    const { template } = synthesize({ image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable') });
    expect(() => idOf(template, POLICY, 'RegistryLogin')).toThrow('found none');
  });
});
