import { Duration, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { ContainerImage, UlimitName } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import {
  InstanceScaling,
  LoadTest,
  MovedFrom,
  ScalableStatelessInstances,
  ScalableStatelessService,
  type ScalableStatelessServiceProps,
  Traffic,
  Workload,
} from '../../src';
import { Assemblies } from '../assembly';
import { type StructCollection, structCollections } from '../struct-elements';
import { newApp, refusals, synthesize } from '../synthesize';

/** What JavaScript and other languages can pass. */
type Anything = never;

const traffic = Traffic.users(1, Duration.minutes(1));
const plan = synthesize().service.plan();

/** Passes a value where a collection is taken; returns the errors. A collection elsewhere needs a row here, and a check. */
const PASSED: Record<string, (value: unknown) => string[]> = {
  ScalableStatelessServiceProps: (props) => refusals(props as ScalableStatelessServiceProps),
  ApplicationLoadBalancedFargateServiceProps: (props) =>
    refusals({ movedFrom: MovedFrom.applicationLoadBalancedFargateService(props as Anything) }),
  ForecastOptions: (options) => errorsOf(() => plan.forecast({ traffic, ...(options as object) })),
  ScalableStatelessInstancesProps: (props) =>
    errorsOf(() => new ScalableStatelessInstances(new Stack(newApp(), 'Shop'), 'Search', props as object)),
  StepScalingOptions: (options) =>
    errorsOf(
      () => new ScalableStatelessInstances(new Stack(newApp(), 'Shop'), 'Search', { scaling: InstanceScaling.steps(options as Anything) }),
    ),
  LoadTestProps: (props) =>
    errorsOf(() => {
      const stack = new Stack(newApp(), 'Shop');
      new LoadTest(stack, 'Load', { target: new ScalableStatelessService(stack, 'Search'), traffic, ...(props as object) });
    }),
  'Workload.fit': (loads) => errorsOf(() => Workload.fit((loads as { loads: Anything }).loads)),
};

const collections = structCollections(new Assemblies());

test('the lists and maps of structs are those of the container, the instances, the schedules, a pattern, Service Connect and the forecast', () => {
  expect(collections.map(({ owner, path }) => `${owner}: ${path.join('.')}`).sort()).toEqual([
    'ApplicationLoadBalancedFargateServiceProps: capacityProviderStrategies',
    'ForecastOptions: policyChanges',
    'ForecastOptions: predictedMinimums',
    'LoadTestProps: requests',
    'ScalableStatelessInstancesProps: blockDevices',
    'ScalableStatelessInstancesProps: schedules',
    'ScalableStatelessServiceProps: logRouter.portMappings',
    'ScalableStatelessServiceProps: logRouter.systemControls',
    'ScalableStatelessServiceProps: logRouter.ulimits',
    'ScalableStatelessServiceProps: schedules',
    'ScalableStatelessServiceProps: serviceConnectConfiguration.services',
    'ScalableStatelessServiceProps: sidecars',
    'ScalableStatelessServiceProps: sidecars.*.portMappings',
    'ScalableStatelessServiceProps: sidecars.*.systemControls',
    'ScalableStatelessServiceProps: sidecars.*.ulimits',
    'ScalableStatelessServiceProps: tmpfs',
    'ScalableStatelessServiceProps: ulimits',
    'StepScalingOptions: scalingSteps',
    'Workload.fit: loads',
  ]);
});

describe.each(
  collections.map((collection): [string, StructCollection] => [`${collection.owner} ${collection.path.join('.')}`, collection]),
)('an element of %s', (_, collection) => {
  const pass = PASSED[collection.owner]!;
  const advice = `use ${collection.element.name}(...) rather than a dict`;

  test('is refused where it is empty, with the class to use instead', () => {
    expect(pass(valueWith(collection, {})).join('\n')).toContain(advice);
  });

  test.each(collection.required)('is refused without its %s', (field) => {
    const others = collection.required.filter((name) => name !== field);
    expect(pass(valueWith(collection, Object.fromEntries(others.map((name) => [name, 'x'])))).join('\n')).toContain(advice);
  });
});

describe('as a dict of Python reaches JavaScript, with the fields of one word only,', () => {
  test('a schedule changes nothing, and is refused', () => {
    expect(refusals({ schedules: [{ name: 'morning', schedule: Schedule.expression('cron(0 7 * * ? *)') }] })).toEqual([
      'schedules[0] must have minCapacity or maxCapacity (in Python, use ScheduledCapacity(...) rather than a dict), ' +
        'got an object with name, schedule',
    ]);
  });

  test('all that are refused are named at once, by their place', () => {
    const sidecars = { agent: { portMappings: [{}] } } as Anything;
    expect(refusals({ sidecars, ulimits: [{ name: UlimitName.NOFILE }] as Anything })).toEqual([
      'sidecars.agent must have image (in Python, use ContainerDefinitionOptions(...) rather than a dict), got an object with portMappings',
      'sidecars.agent.portMappings[0] must have containerPort (in Python, use PortMapping(...) rather than a dict), got an empty object',
      'ulimits[0] must have softLimit, hardLimit (in Python, use Ulimit(...) rather than a dict), got an object with name',
    ]);
  });
});

test('whole elements pass', () => {
  const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1');
  expect(refusals({ sidecars: { agent: { image, portMappings: [{ containerPort: 9000 }] } } })).toEqual([]);
});

/** Props, options or arguments with one element in the collection. */
function valueWith({ path, kind }: StructCollection, element: unknown): unknown {
  const collection = kind === 'array' ? [element] : { one: element };
  return [...path].reverse().reduce<unknown>((value, name) => (name === '*' ? [value] : { [name]: value }), collection);
}

function errorsOf(call: () => unknown): string[] {
  try {
    call();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
