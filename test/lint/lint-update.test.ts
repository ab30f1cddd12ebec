import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintUpdate } from '../../src/lint/lint-update';
import { UPDATE_CHECKS } from '../../src/lint/updates/update-checks';
import type { TemplateValue } from '../../src/plan/template/template-value';
import { UPDATE_PAIRS } from './broken-updates';
import { soundTemplate, type TestTemplate } from './sound-template';

function lint(from: TestTemplate, to: TestTemplate): ReturnType<typeof lintUpdate> {
  return lintUpdate(from as unknown as TemplateValue, to as unknown as TemplateValue);
}

test.each(UPDATE_PAIRS.map((pair) => [pair.what, pair.outcome, pair] as const))(
  'a change of %s is: %s',
  (_, outcome, { from, to, checks }) => {
    const report = lint(from, to);
    expect({ outcome: report.outcome, checks: report.findings.map(({ check }) => check) }).toEqual({ outcome, checks });
  },
);

test('each check of updates finds something in one of the pairs', () => {
  const found = new Set(UPDATE_PAIRS.flatMap(({ checks }) => checks));
  expect(UPDATE_CHECKS.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
});

test('each error says whether AWS rejects the update, or accepts it and requests fail; a warning does neither', () => {
  const outcomes = UPDATE_CHECKS.map(({ severity, outcome }) => [severity, outcome]);
  const allowed = [
    ['error', 'rejected'],
    ['error', 'outage'],
    ['warning', undefined],
  ];
  for (const each of outcomes) expect(allowed).toContainEqual(each);
});

test('a parameter with the same default changes nothing', () => {
  const to = soundTemplate();
  to.Parameters = { Max: { Type: 'Number', Default: '8' } };
  to.Resources['Target']!.Properties.MaxCapacity = { Ref: 'Max' };
  expect(lint(soundTemplate(), to)).toEqual({ outcome: 'in place', findings: [] });
});

test('a reference in another spelling changes nothing', () => {
  const to = soundTemplate();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as CloudFormation spells it.
  to.Resources['Target']!.Properties.ResourceId = { 'Fn::Sub': 'service/${Cluster}/${Service.Name}' };
  expect(lint(soundTemplate(), to)).toEqual({ outcome: 'in place', findings: [] });
});

test('keys in another order change nothing', () => {
  const to = soundTemplate();
  const [container] = to.Resources['Task']!.Properties.ContainerDefinitions;
  to.Resources['Task']!.Properties.ContainerDefinitions[0] = Object.fromEntries(Object.entries(container).reverse());
  expect(lint(soundTemplate(), to)).toEqual({ outcome: 'in place', findings: [] });
});

test('no pair of templates makes a check throw', () => {
  const ids = Object.keys(soundTemplate().Resources);
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.jsonValue(), (removed, odd, properties) => {
      const to = soundTemplate();
      delete to.Resources[removed];
      to.Resources[odd] = { Type: soundTemplate().Resources[odd]!.Type, Properties: properties };
      lint(soundTemplate(), to);
      lint(to, soundTemplate());
    }),
  );
});
