import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService } from '../../src';
import { lintUpdate } from '../../src/lint/lint-update';
import { parseTemplate } from '../../src/lint/template/linted-template';
import { FLAG_SETS, newApp, onceForEach } from '../synthesize';
import { changesPage } from './changes-page';
import { CONTAINER_AND_LISTENER_CHANGES } from './container-and-listener-changes';
import { PROP_CHANGES, type PropChange } from './prop-changes';

const CHANGES = [...PROP_CHANGES, ...CONTAINER_AND_LISTENER_CHANGES];

const ROOT = join(__dirname, '..', '..');
const jsii = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
const struct: { readonly properties: readonly { readonly name: string }[] } =
  jsii.types['cdk-scalable-stateless-service.ScalableStatelessServiceProps'];

test('there is a row for each prop', () => {
  const rows = new Set<string>(CHANGES.map(({ prop }) => prop));
  expect(struct.properties.map(({ name }) => name).filter((name) => !rows.has(name))).toEqual([]);
});

const NEED_NOTE: readonly (string | undefined)[] = ['replaced', 'outage', 'rejected'];

test('each change that replaces something, fails requests or is rejected says what to do', () => {
  const needsNote = CHANGES.filter(({ outcome, back }) => [outcome, back].some((each) => NEED_NOTE.includes(each)));
  expect(needsNote.filter(({ note }) => note === undefined).map(({ prop }) => prop)).toEqual([]);
});

/** `npx vitest run test/updates -u` writes it anew, where a row has changed. */
test('docs/construct/what-can-be-changed.md has these rows', async () => {
  await expect(changesPage(CHANGES)).toMatchFileSnapshot(join(ROOT, 'docs/construct/what-can-be-changed.md'));
});

describe.each(FLAG_SETS)('%s', (_, flags) => {
  test.each(CHANGES.map((change): [string, PropChange] => [`${change.prop}, ${change.what}`, change]))('%s', (__, change) => {
    expectOutcomes(change, flags);
  });
});

function expectOutcomes({ before, after, outcome, back = outcome }: PropChange, flags: Record<string, unknown>): void {
  const [from, to] = [templateOf(before, flags), templateOf(after, flags)];
  expect(lintUpdate(from, to), 'there').toMatchObject({ outcome });
  expect(lintUpdate(to, from), 'and back').toMatchObject({ outcome: back });
}

/** The template of props, as the command reads it: from its text. */
const templateOf = onceForEach((props: PropChange['before'], flags) => {
  const stack = new Stack(newApp(flags), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1');
  const own = props(stack);
  // a task definition of the app has its own image.
  new ScalableStatelessService(stack, 'Web', { ...('taskDefinition' in own ? {} : { image }), ...own });
  return parseTemplate(JSON.stringify(Template.fromStack(stack).toJSON()), 'the template');
});
