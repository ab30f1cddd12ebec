import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { expect, test } from 'vitest';
import { Chaos, Network, ScalableStatelessInstances, ScalableStatelessService } from '../../src';
import { documentedDefaults } from '../documented-defaults';
import { newApp } from '../synthesize';

const stack = new Stack(newApp(), 'Shop');
const target = new ScalableStatelessService(stack, 'Search', { network: Network.public() });
const chaos = new Chaos(stack, 'Chaos', { target });
chaos.stressCpu('Cpu');
chaos.addNetworkLatency('Slow');
const instances = new ScalableStatelessInstances(stack, 'Web', { network: Network.privateWithNat(), spotPercent: 50 });
new Chaos(stack, 'OfInstances', { target: instances }).interruptSpotInstances('Interrupt');
const template = Template.fromStack(stack);

const parametersOf = (id: string): Record<string, string> => {
  const experiments = Object.entries(template.findResources('AWS::FIS::ExperimentTemplate'));
  return experiments.find(([name]) => name.includes(id))![1]['Properties'].Actions.fault.Parameters;
};
const [cpu, slow, interrupt] = [parametersOf('Cpu'), parametersOf('Slow'), parametersOf('Interrupt')];
const minutes = (period: string): string => `Duration.minutes(${/^PT(\d+)M$/.exec(period)![1]})`;
const [, log] = Object.entries(template.findResources('AWS::Logs::LogGroup')).find(([id]) => id.startsWith('Chaos'))!;

/** Every default that is a value, as experiments without options have it, in the words of the doc block. */
const RENDERED: Record<string, string> = {
  'ChaosProps.acknowledgeFindings': String(JSON.stringify(template.toJSON()).includes('rules_to_suppress')),
  'ChaosProps.logRemovalPolicy': log['DeletionPolicy'] === 'Delete' ? 'RemovalPolicy.DESTROY' : 'RemovalPolicy.RETAIN',
  'ChaosProps.logRetention': `RetentionDays.${RetentionDays[log['Properties'].RetentionInDays]}`,
  'InterruptSpotOptions.durationBeforeInterruption': minutes(interrupt['durationBeforeInterruption']!),
  'NetworkLatencyOptions.delay': `Duration.millis(${slow['delayMilliseconds']})`,
  'NetworkLatencyOptions.duration': minutes(slow['duration']!),
  'NetworkLatencyOptions.flowsPercent': slow['flowsPercent']!,
  'StressCpuOptions.duration': minutes(cpu['duration']!),
  'StressCpuOptions.percent': cpu['percent']!,
};

test('the documented defaults are those of the template', () => {
  const documented = documentedDefaults().filter(({ file, value }) => file.startsWith('src/chaos/') && !value?.startsWith('- '));
  expect(Object.fromEntries(documented.map(({ name, value }) => [name, value]))).toEqual(RENDERED);
});
