import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../src/lint/checks/checks';
import { lintTemplate } from '../../src/lint/lint-template';
import { parseTemplate } from '../../src/lint/template/linted-template';
import type { TemplateValue } from '../../src/plan/template/template-value';
import { BROKEN, type Change, changed } from './broken-templates';
import { SOUND } from './sound-changes';
import { soundTemplate, type TestTemplate } from './sound-template';
import { asNumberText, asParameter, inBranch, inMapping } from './template-variants';

const ROOT = join(__dirname, '../..');

/** The ids of the checks that find something. */
function found(template: object): string[] {
  return lintTemplate(template as unknown as TemplateValue).map(({ check }) => check);
}

describe('no check finds anything in', () => {
  test('a sound template', () => {
    expect(found(soundTemplate())).toEqual([]);
  });

  const snapshots = readdirSync(join(ROOT, 'integ')).filter((name) => name.endsWith('.snapshot'));
  const files = snapshots.flatMap((folder) => {
    const templates = readdirSync(join(ROOT, 'integ', folder)).filter((name) => name.endsWith('.template.json'));
    return templates.map((name) => join('integ', folder, name));
  });
  test.each([...files, 'examples/any-template/template.json'])('%s', (file) => {
    expect(found(parseTemplate(readFileSync(join(ROOT, file), 'utf8'), file) as object)).toEqual([]);
  });
});

describe.each(BROKEN)('%s is found in', (check, what, change: Change) => {
  test(`a template with ${what}`, () => {
    expect(found(changed(change))).toContain(check);
  });

  test('the same with its values in parameters', () => {
    expect(found(asParameter(soundTemplate(), changed(change)))).toContain(check);
  });

  test('the same in the branch of a condition that is not the default', () => {
    const findings = lintTemplate(inBranch(soundTemplate(), changed(change)) as unknown as TemplateValue);
    expect(findings).toContainEqual(expect.objectContaining({ check, when: 'Stage is production' }));
  });

  test('the same with its values in a mapping', () => {
    expect(found(inMapping(soundTemplate(), changed(change)))).toContain(check);
  });

  test('the same with numbers as text', () => {
    expect(found(asNumberText(changed(change)))).toContain(check);
  });
});

test.each(SOUND)('%s is not found in a template with %s', (check, _, change: Change) => {
  expect(found(changed(change))).not.toContain(check);
});

test('a grace period without an effect is a warning', () => {
  const template = changed((resources) => {
    delete resources['Service']!.Properties.LoadBalancers;
  }) as unknown as TemplateValue;
  expect(lintTemplate(template)).toContainEqual(expect.objectContaining({ check: 'grace-period', severity: 'warning' }));
});

describe('a condition of an import', () => {
  const withBounds = (min: object, max: object): TemplateValue => {
    const template = soundTemplate();
    const isLarge = { 'Fn::Equals': [{ 'Fn::ImportValue': 'size' }, 'large'] };
    template.Conditions = {
      IsLarge: isLarge,
      IsSmall: { 'Fn::Not': [{ Condition: 'IsLarge' }] },
      HasSize: { 'Fn::Or': [isLarge, isLarge] },
    };
    Object.assign(template.Resources['Target']!.Properties, { MinCapacity: min, MaxCapacity: max });
    return template as unknown as TemplateValue;
  };

  test.each(['IsSmall', 'HasSize'])('has one result together with %s, which is about the same', (other) => {
    const [large, small] = other === 'IsSmall' ? [4, 20] : [20, 4];
    const max = { 'Fn::If': [other, large, small] };
    expect(found(withBounds({ 'Fn::If': ['IsLarge', 10, 2] }, max) as object)).toEqual([]);
  });

  test('is varied, and named in the finding', () => {
    const findings = lintTemplate(withBounds({ 'Fn::If': ['IsLarge', 4, 30] }, { 'Fn::If': ['IsSmall', 20, 8] }));
    const when = 'IsLarge is false and IsSmall is true and HasSize is false';
    expect(findings).toContainEqual(expect.objectContaining({ check: 'capacity-bounds', when }));
  });
});

test('there is a broken template for each check', () => {
  const tested = new Set(BROKEN.map(([check]) => check));
  expect(CHECKS.map(({ id }) => id).filter((id) => !tested.has(id))).toEqual([]);
});

test('ids are unique and in kebab-case', () => {
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});

test('what only deployment knows is never found', () => {
  const unknown = (template: TestTemplate): object => {
    const properties = JSON.stringify(template.Resources, (key, value) => {
      const isLeaf =
        ['string', 'number'].includes(typeof value) &&
        !['Type', 'Ref', 'Key', 'Name', 'Fn::GetAtt'].includes(key) &&
        Number.isNaN(Number(key));
      return isLeaf && typeof value === 'number' ? { 'Fn::ImportValue': `of-${key}` } : value;
    });
    return { Resources: JSON.parse(properties) };
  };
  expect(found(unknown(soundTemplate()))).toEqual([]);
});

test('no template makes a check throw', () => {
  const resources = Object.keys(soundTemplate().Resources);
  const paths = resources.flatMap((id) =>
    Object.keys(soundTemplate().Resources[id]!.Properties).map((property) => [id, property] as const),
  );
  const odd = fc.oneof(
    fc.constantFrom(null, true, '', [], {}, [[]], [null], { Ref: 'Group' }, { Ref: 3 }, { 'Fn::GetAtt': 1 }),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), odd, ([id, property], value) => {
      const template = soundTemplate();
      template.Resources[id]!.Properties[property] = value;
      found(template);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['a resource that is null', { Resources: { A: null } }],
  ['properties as a list', { Resources: { A: { Type: 'AWS::ECS::Service', Properties: [] } } }],
  [
    'conditions that refer to each other',
    { Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } }, Resources: { S: { Type: 'AWS::ECS::Service', Condition: 'A' } } },
  ],
  [
    'a function with the wrong arguments',
    {
      Resources: {
        A: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { 'Fn::Sub': {} }, LoadBalancers: { 'Fn::Select': 'x' } } },
      },
    },
  ],
])('%s is no error', (_, template) => {
  expect(found(template)).toEqual([]);
});
