import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps, Tracing } from '../../../src';
import { newApp } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

/** The policies of the task role: the end of the id of each, and its actions. */
function policiesOf(template: Template): Record<string, string[]> {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('TaskRole'));
  return Object.fromEntries(
    policies.map(([id, { Properties }]) => [
      id.replace(/^SearchTaskRole|[0-9A-F]{8}$/g, ''),
      Properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: unknown }) => Action),
    ]),
  );
}

function stackWith(props: ScalableStatelessServiceProps): [Stack, ScalableStatelessService] {
  const stack = new Stack(newApp(), 'Shop');
  return [stack, new ScalableStatelessService(stack, 'Search', { image: IMAGE, ...props })];
}

describe('permissions on more than one resource are in a policy of their own', () => {
  test.each<[string, ScalableStatelessServiceProps, string[]]>([
    ['none by default', {}, []],
    ['of tracing', { tracing: Tracing.xRay() }, ['Tracing']],
    ['of ECS Exec, which writes to no log group of its own', { enableExecuteCommand: true }, ['ExecuteCommand']],
    ['of both', { tracing: Tracing.xRay(), enableExecuteCommand: true }, ['Tracing', 'ExecuteCommand']],
  ])('%s', (_, props, expected) => {
    expect(Object.keys(policiesOf(Template.fromStack(stackWith(props)[0])))).toEqual(expected);
  });

  test('and what is granted later, be it the same, is not in it', () => {
    const [stack, service] = stackWith({ tracing: Tracing.xRay() });
    const before = policiesOf(Template.fromStack(stackWith({ tracing: Tracing.xRay() })[0]))['Tracing'];
    service.taskRole.addToPolicy(new PolicyStatement({ actions: ['xray:GetSamplingRules'], resources: ['*'] }));
    const { Tracing: tracing, DefaultPolicy: granted } = policiesOf(Template.fromStack(stack));
    expect(tracing).toEqual(before);
    expect(granted).toEqual(['xray:GetSamplingRules']);
  });

  test('but not where policies are created elsewhere', () => {
    const stack = new Stack(newApp(), 'Shop');
    Role.customizeRoles(stack, { usePrecreatedRoles: { 'Shop/Search/TaskRole': 'task', 'Shop/Search/ExecutionRole': 'start' } });
    new ScalableStatelessService(stack, 'Search', { image: IMAGE, tracing: Tracing.xRay(), enableExecuteCommand: true });
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toEqual([]);
  });
});
