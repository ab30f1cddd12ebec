import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import { LoadTest, LoadTestEngine, type LoadTestProps, Traffic } from '../../src';
import { documentedDefaults } from '../documented-defaults';
import { newApp, propertiesOf } from '../synthesize';

/** The template of a load test with the defaults, and what its container runs. */
interface Rendered {
  readonly template: Template;
  readonly image: string;
  readonly architecture: string;
  readonly plan: Record<string, number | boolean> & { readonly thresholds: Record<string, number>; readonly requests: unknown[] };
}

function render(props: Partial<LoadTestProps> = {}): Rendered {
  const stack = new Stack(newApp(), 'Shop');
  const vpc = Vpc.fromVpcAttributes(stack, 'Net', { vpcId: 'vpc-1', availabilityZones: ['a'], publicSubnetIds: ['subnet-1'] });
  new LoadTest(stack, 'Load', { vpc, url: 'http://shop.example.com', traffic: Traffic.parse('users 5 for 1m'), ...props });
  const template = Template.fromStack(stack);
  const definition = propertiesOf(template, 'AWS::ECS::TaskDefinition') as {
    ContainerDefinitions: { Image: string; Command: string[] }[];
    RuntimePlatform: { CpuArchitecture: string };
  };
  const [container] = definition.ContainerDefinitions;
  return {
    template,
    image: container!.Image,
    architecture: definition.RuntimePlatform.CpuArchitecture,
    plan: JSON.parse(container!.Command[0]!),
  };
}

const K6 = render();
const LOCUST = render({ engine: LoadTestEngine.locust() });
const tagOf = ({ image }: Rendered): string => JSON.stringify(image.split(':')[1]);
const has = (type: string): string => String(Object.keys(K6.template.findResources(type)).length > 0);
const [log] = Object.values(K6.template.findResources('AWS::Logs::LogGroup'));

/** Every default that is a value, as a load test without props has it, in the words of the doc block. */
const RENDERED: Record<string, string> = {
  'K6Options.version': tagOf(K6),
  'LocustOptions.version': tagOf(LOCUST),
  'LocustOptions.workers': String(LOCUST.plan['workers']),
  'LoadTestProps.acknowledgeFindings': String(JSON.stringify(K6.template.toJSON()).includes('rules_to_suppress')),
  'LoadTestProps.commandOutput': String(Object.keys(K6.template.findOutputs('*')).length > 0),
  'LoadTestProps.cpuArchitecture': `CpuArchitecture.${K6.architecture}`,
  'LoadTestProps.engine': `LoadTestEngine.${K6.image.replace(/^grafana\/|:.*$/g, '')}()`,
  'LoadTestProps.logRemovalPolicy': log!['DeletionPolicy'] === 'Delete' ? 'RemovalPolicy.DESTROY' : 'RemovalPolicy.RETAIN',
  'LoadTestProps.logRetention': `RetentionDays.${RetentionDays[log!['Properties'].RetentionInDays]}`,
  'LoadTestProps.requestTimeout': `Duration.seconds(${K6.plan['timeoutSeconds']})`,
  'LoadTestProps.stopOnDelete': has('Custom::StopLoadTest'),
  'LoadTestProps.verifyTlsCertificate': String(K6.plan['verifyTlsCertificate']),
  'LoadTestThresholds.maxFailedPercent': String(K6.plan.thresholds['maxFailedPercent']),
  'LoadTestThresholds.minRequests': String(K6.plan.thresholds['minRequests']),
};

/** Those of the programs, which other tests run. */
const IN_PROGRAMS = ['LoadTestRequest.method', 'LoadTestRequest.weight'];

const documented = documentedDefaults().filter(({ file, value }) => file.startsWith('src/load-test/') && !value?.startsWith('- '));

test('every default of a load test that is a value is compared with what it renders', () => {
  expect(documented.map(({ name }) => name).sort()).toEqual([...Object.keys(RENDERED), ...IN_PROGRAMS].sort());
});

test.each(Object.entries(RENDERED))('%s is %s', (name, rendered) => {
  expect(documented.find((each) => each.name === name)!.value).toBe(rendered);
});
