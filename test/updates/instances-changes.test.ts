import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessInstances } from '../../src';
import { lintUpdate } from '../../src/lint/lint-update';
import { parseTemplate } from '../../src/lint/template/linted-template';
import { newApp, onceForEach } from '../synthesize';
import { INSTANCES_CHANGES, type InstancesChange } from './instances-changes';

const jsii = JSON.parse(readFileSync(join(__dirname, '../../.jsii'), 'utf8'));
const propsOf = (name: string): string[] =>
  jsii.types[`cdk-scalable-stateless-service.${name}`].properties.map(({ name: prop }: { name: string }) => prop);

test('there is a row for each prop that the service does not have', () => {
  const rows = new Set<string>(INSTANCES_CHANGES.map(({ prop }) => prop));
  const shared = new Set(propsOf('ScalableStatelessServiceProps'));
  expect(propsOf('ScalableStatelessInstancesProps').filter((name) => !shared.has(name) && !rows.has(name))).toEqual([]);
});

test('each change that replaces something or is rejected says what to do', () => {
  const needsNote = INSTANCES_CHANGES.filter(({ outcome }) => ['replaced', 'outage', 'rejected'].includes(outcome));
  expect(needsNote.filter(({ note }) => note === undefined)).toEqual([]);
});

describe('a change of instances that serve', () => {
  test.each(INSTANCES_CHANGES.map((change): [string, InstancesChange] => [`${change.prop}, ${change.what}`, change]))('%s', (_, change) => {
    const [from, to] = [templateOf(change.before, {}), templateOf(change.after, {})];
    expect(lintUpdate(from, to), 'there').toMatchObject({ outcome: change.outcome });
    expect(lintUpdate(to, from), 'and back').toMatchObject({ outcome: change.outcome });
  });
});

test('docs/construct/instances.md has these rows', () => {
  const page = readFileSync(join(__dirname, '../../docs/construct/instances.md'), 'utf8');
  for (const { prop, what, outcome } of INSTANCES_CHANGES) expect(page).toContain(`| \`${prop}\` | ${what} | ${outcome} |`);
});

/** The template of props, as the command reads it: from its text. */
const templateOf = onceForEach((props: InstancesChange['before']) => {
  const stack = new Stack(newApp({}), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1');
  new ScalableStatelessInstances(stack, 'Web', { image, ...props(stack) });
  return parseTemplate(JSON.stringify(Template.fromStack(stack).toJSON()), 'the template');
});
