import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps, Tracing } from '../../../src';
import { newApp, propertiesOf } from '../../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';

/** The rules whose findings about the task definition are accepted. */
function acceptedIn(props: ScalableStatelessServiceProps, change: (service: ScalableStatelessService) => void = () => {}): string[] {
  const stack = new Stack(newApp(), 'Shop');
  change(new ScalableStatelessService(stack, 'Search', props));
  const [resource] = Object.values(Template.fromStack(stack).findResources(TASK_DEFINITION));
  const { rules_to_suppress: rules = [] } = (resource!['Metadata']?.cdk_nag ?? {}) as { rules_to_suppress?: { id: string }[] };
  return rules.map(({ id }) => id);
}

test.each<[string, ScalableStatelessServiceProps, string[]]>([
  ['there are none', {}, []],
  ['it is PORT of an own image', { image: IMAGE }, ['AwsSolutions-ECS2']],
  ['it is PORT of an own port', { containerPort: 9090 }, ['AwsSolutions-ECS2']],
  ['they are those of tracing', { tracing: Tracing.xRay() }, ['AwsSolutions-ECS2']],
  ['one is of the caller', { image: IMAGE, environment: { TOKEN: 'x' } }, []],
  ['one is of a sidecar', { image: IMAGE, sidecars: { agent: { image: IMAGE, environment: { TOKEN: 'x' } } } }, []],
  ['no finding is to be accepted', { image: IMAGE, acknowledgeFindings: false }, []],
])('the finding about variables is accepted or not, where %s', (_, props, rules) => {
  expect(acceptedIn(props)).toEqual(rules);
});

test('a variable that is added later takes the acceptance back, in the container or in another', () => {
  expect(acceptedIn({ image: IMAGE }, ({ container }) => container.addEnvironment('TOKEN', 'x'))).toEqual([]);
  const agent = { image: IMAGE, environment: { TOKEN: 'x' } };
  expect(acceptedIn({ image: IMAGE }, ({ taskDefinition }) => void taskDefinition.addContainer('Agent', agent))).toEqual([]);
  expect(acceptedIn({ image: IMAGE }, ({ container }) => container.addEnvironment('PORT', '9090'))).toEqual(['AwsSolutions-ECS2']);
});

test('a variable that is added later reaches the container', () => {
  const stack = new Stack(newApp(), 'Shop');
  new ScalableStatelessService(stack, 'Search', { image: IMAGE }).container.addEnvironment('COLOR', 'blue');
  const [container] = propertiesOf(Template.fromStack(stack), TASK_DEFINITION)['ContainerDefinitions'] as { Environment: unknown[] }[];
  expect(container!.Environment).toContainEqual({ Name: 'COLOR', Value: 'blue' });
});
