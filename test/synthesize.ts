import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { afterAll } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../src';

/** A feature flag may change what the CDK makes of the same calls: both ends are tested. */
export const FLAG_SETS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['without feature flags', {}],
  ['with all recommended feature flags', recommendedFlags],
];

const folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An app that writes to a folder which is deleted when the tests of the file are over. */
export function newApp(flags: Record<string, unknown> = {}): App {
  return new App({ context: flags, outdir: mkdtempSync(join(folder, 'app-')) });
}

/** A service in a stack of its own, and what became of both. */
export interface Synthesized {
  readonly service: ScalableStatelessService;
  readonly stack: Stack;
  readonly template: Template;
  readonly annotations: Annotations;
}

/** Makes a service and synthesizes it. Props may be made in the stack that the service stands in. */
export function synthesize(
  props?: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps),
  flags: Record<string, unknown> = {},
): Synthesized {
  const stack = new Stack(newApp(flags), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', typeof props === 'function' ? props(stack) : props);
  return { service, stack, template: Template.fromStack(stack), annotations: Annotations.fromStack(stack) };
}

/** The properties of the only resource of a type, or of the only one whose logical id holds a part. */
export function propertiesOf(template: Template, type: string, part = ''): Record<string, unknown> {
  return template.findResources(type)[idOf(template, type, part)]!['Properties'] as Record<string, unknown>;
}

/** What CloudFormation puts in the place of a reference to a resource: its logical id, as it stands in the template. */
export function idOf(template: Template, type: string, part = ''): string {
  const ids = Object.keys(template.findResources(type)).filter((id) => id.includes(part));
  if (ids.length !== 1) throw new Error(`expected one ${type} named ${part}, found ${ids.join(', ') || 'none'}`);
  return ids[0]!;
}

/** The mistakes that a service is refused for, without the place where they were made. */
export function refusals(props: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps)): string[] {
  try {
    synthesize(props);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace('Shop/Search: ', ''));
  }
}
