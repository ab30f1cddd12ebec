import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../src';
import { lintUpdate } from '../../src/lint/lint-update';
import { parseTemplate } from '../../src/lint/template/linted-template';
import { FLAG_SETS, newApp, onceForEach, WITHOUT_LOGS_AND_ENDPOINTS } from '../synthesize';
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

/** Rows about what the small service lacks, or cannot have. */
const OF_DEFAULTS: readonly string[] = ['accessLogs', 'accessLogsBucket', 'capacity', 'flowLogs', 'maxAzs', 'network', 'vpc', 'vpcCidr'];

describe.each(FLAG_SETS)('%s', (_, flags) => {
  test.each(CHANGES.map((change): [string, PropChange] => [`${change.prop}, ${change.what}`, change]))('%s', (__, change) => {
    expectOutcomes(change, flags);
  });
});

function expectOutcomes({ prop, before, after, outcome, back = outcome }: PropChange, flags: Record<string, unknown>): void {
  const isOfSmall = Object.keys(flags).length > 0 && !OF_DEFAULTS.includes(prop);
  const templateOf = isOfSmall ? smallTemplateOf : defaultTemplateOf;
  const [from, to] = [templateOf(before, flags), templateOf(after, flags)];
  expect(lintUpdate(from, to), 'there').toMatchObject({ outcome });
  expect(lintUpdate(to, from), 'and back').toMatchObject({ outcome: back });
}

/** The template of props, as the command reads it: from its text. */
const defaultTemplateOf = onceForEach((props: PropChange['before'], flags) => templateWith(props, flags, {}));

/** Feature flags change nothing of logs and endpoints: with them, these are left out, as most of a synthesis is the number of its resources. */
const smallTemplateOf = onceForEach((props: PropChange['before'], flags) => templateWith(props, flags, WITHOUT_LOGS_AND_ENDPOINTS));

function templateWith(props: PropChange['before'], flags: Record<string, unknown>, basis: ScalableStatelessServiceProps) {
  const stack = new Stack(newApp(flags), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1');
  const own = props(stack);
  const isInOwnVpc = !('vpc' in own || 'cluster' in own);
  // a task definition of the app has its own image.
  new ScalableStatelessService(stack, 'Web', { ...(isInOwnVpc ? basis : {}), ...('taskDefinition' in own ? {} : { image }), ...own });
  return parseTemplate(JSON.stringify(Template.fromStack(stack).toJSON()), 'the template');
}
