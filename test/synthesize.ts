import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { Network, ScalableStatelessService, type ScalableStatelessServiceProps } from '../src';
import { newSynthesizedFolder } from './synthesized-folder';

/** A feature flag may change what the CDK makes of the same calls: both ends are tested. */
export const FLAG_SETS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['without feature flags', {}],
  ['with all recommended feature flags', recommendedFlags],
];

type Flags = Record<string, unknown>;

/** Leaves a folder that a task is built from where it is: most of what a synthesis takes would be copying and deleting it. */
const WITHOUT_COPIES = { 'aws:cdk:disable-asset-staging': true };

/** Copies such a folder into the cloud assembly, as an app does by default. */
export const WITH_COPIES = { 'aws:cdk:disable-asset-staging': false };

/** An app that writes to a folder which is deleted when the tests of the file are over. */
export function newApp(flags: Flags = {}): App {
  return new App({
    context: { ...WITHOUT_COPIES, ...flags },
    outdir: newSynthesizedFolder(),
    treeMetadata: false,
    analyticsReporting: false,
  });
}

/** What many tests say nothing about, left out: most of a synthesis is the number of its resources. */
export const WITHOUT_LOGS_AND_ENDPOINTS: ScalableStatelessServiceProps = {
  network: Network.public(),
  accessLogs: false,
  flowLogs: false,
};

/** A service in a stack of its own, and what became of both. */
export interface Synthesized {
  readonly service: ScalableStatelessService;
  readonly stack: Stack;
  readonly template: Template;
  readonly annotations: Annotations;
}

/** Creates a service and synthesizes it. Props may be created in the stack of the service. */
export function synthesize(
  props?: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps),
  flags: Flags = {},
): Synthesized {
  const stack = new Stack(newApp(flags), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', typeof props === 'function' ? props(stack) : props);
  // in this order it is one synthesis: that of the annotations is always a new one, from which the template is read.
  const annotations = Annotations.fromStack(stack);
  return { service, stack, template: Template.fromStack(stack), annotations };
}

/** Creates something for each key and each set of flags once. It is for what is only read, such as a template: most of a test is its synthesis. */
export function onceForEach<Key extends object, Value>(create: (key: Key, flags: Flags) => Value): (key: Key, flags: Flags) => Value {
  const created = new Map<Flags, Map<Key, Value>>();
  return (key, flags) => {
    const ofFlags = created.get(flags) ?? new Map<Key, Value>();
    created.set(flags, ofFlags);
    if (!ofFlags.has(key)) ofFlags.set(key, create(key, flags));
    return ofFlags.get(key)!;
  };
}

/** Synthesizes a service as the defaults make it, but for its logs and endpoints: for what has nothing to do with them. */
export function synthesizeSmall(
  props?: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps),
  flags: Flags = {},
): Synthesized {
  return synthesize((stack) => ({ ...WITHOUT_LOGS_AND_ENDPOINTS, ...(typeof props === 'function' ? props(stack) : props) }), flags);
}

/** The properties of the only resource of a type, or of the only one whose logical id holds a part. */
export function propertiesOf(template: Template, type: string, part = ''): Record<string, unknown> {
  return template.findResources(type)[idOf(template, type, part)]!['Properties'] as Record<string, unknown>;
}

/** The logical id of a resource in the template. */
export function idOf(template: Template, type: string, part = ''): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.includes(part));
  if (ids.length !== 1) throw new Error(`expected one ${type} named ${part}, found ${ids.join(', ') || 'none'}`);
  return ids[0]!;
}

/** The errors of the props of a service, without its path. */
export function refusals(props: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps)): string[] {
  try {
    synthesize(props);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace('Shop/Search: ', ''));
  }
}
