// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it.
import { describe, expect, test } from 'vitest';
import { evaluations } from '../../../src/lint/template/linted-template';
import { cidrBlocks } from '../../../src/plan/template/cidr-blocks';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';
import type { TemplateValue } from '../../../src/plan/template/template-value';
import { shopTemplate } from '../../cli/shop-template';

type Section = Record<string, TemplateValue>;
const SHOP = JSON.parse(shopTemplate()) as { Resources: Section };

/** The shop with other resources, where the names of those that are replaced have the name of their loop. */
function read(changes: Section, resources: Section = {}, deployed: Record<string, string> = {}) {
  const Resources = { ...SHOP.Resources, ...resources };
  return readPlan(Template.of({ Transform: 'AWS::LanguageExtensions', ...changes, Resources }, 'shop', { deployed }));
}

/** A loop whose resources are policies on CPU with a target for each item. */
const POLICIES: Section = {
  'Fn::ForEach::Policies': [
    'Percent',
    { Ref: 'Targets' },
    {
      'Cpu${Percent}': {
        Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
        Properties: {
          PolicyName: { 'Fn::Sub': 'cpu-${Percent}' },
          ScalingTargetId: { Ref: idOf('ScalableTarget') },
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: { Ref: 'Percent' },
            PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
          },
        },
      },
    },
  ],
};

function idOf(type: string): string {
  return Object.entries(SHOP.Resources).find(([, resource]) => (resource as Section)['Type']!.toString().endsWith(type))![0];
}

const PARAMETERS = { Parameters: { Targets: { Type: 'CommaDelimitedList', Default: '50,70' } } };

describe('Fn::ForEach', () => {
  test('repeats a resource for each item of a list of parameters', () => {
    const names = ({ plan }: ReturnType<typeof read>) =>
      plan.policy.targetTracking.map(({ name, targetValue }) => `${name} ${targetValue}`);
    expect(names(read(PARAMETERS, POLICIES))).toEqual(expect.arrayContaining(['cpu-50 50', 'cpu-70 70']));
    expect(names(read(PARAMETERS, POLICIES, { Targets: '35' }))).toContain('cpu-35 35');
  });

  test('may be inside of another one, in conditions, and in the properties of a resource', () => {
    const loop = (name: string, items: string[], output: Section): Section => ({ [`Fn::ForEach::${name}`]: [name, items, output] });
    const template = Template.of(
      {
        Conditions: loop('Stage', ['live', 'test'], { 'Is${Stage}': { 'Fn::Equals': ['${Stage}', 'live'] } }),
        Resources: loop('Stage', ['live', 'test'], {
          ...loop('Zone', ['10.0.1.0', 'b'], {
            '${Stage}&{Zone}': { Type: 'T', Condition: 'Is${Stage}', Properties: loop('Key', ['A', 'B'], { '${Key}': '${Zone}-${Key}' }) },
          }),
        }),
      },
      'shop',
    );
    expect(template.resourcesOfType('T').map(({ id, properties }) => [id, properties])).toEqual([
      ['live10010', { A: '10.0.1.0-A', B: '10.0.1.0-B' }],
      ['liveb', { A: 'b-A', B: 'b-B' }],
    ]);
  });

  test('is linted as it is repeated', () => {
    const template = { ...PARAMETERS, Resources: { ...SHOP.Resources, ...POLICIES } } as TemplateValue;
    const types = evaluations(template)[0]!.resources.map(({ id }) => id);
    expect(types).toEqual(expect.arrayContaining(['Cpu50', 'Cpu70']));
  });

  test.each<[string, Section, string]>([
    [
      'asks for a collection that only a deployment knows',
      { 'Fn::ForEach::A': ['X', { Ref: 'Names' }, { B: {} }] },
      "--parameter 'Names=…'",
    ],
    ['rejects a collection that is no list', { 'Fn::ForEach::A': ['X', 'text', { B: {} }] }, 'Fn::ForEach::A must be a list that is known'],
    ['rejects a loop without an output', { 'Fn::ForEach::A': ['X', ['a']] }, 'Fn::ForEach::A must have an identifier'],
    [
      'rejects more repetitions than a template may have resources',
      { 'Fn::ForEach::A': ['X', Array(100).fill('a'), { 'Fn::ForEach::B': ['Y', Array(100).fill('b'), { '${X}${Y}': {} }] }] },
      'at most 2000 times',
    ],
  ])('%s', (_, loop, message) => {
    expect(() => read({}, loop)).toThrow(message);
  });
});

describe('Transform', () => {
  test.each<[TemplateValue, readonly RegExp[]]>([
    ['AWS::LanguageExtensions', []],
    [['AWS::LanguageExtensions', 'AWS::SecretsManager-2024-09-16'], []],
    ['AWS::Serverless-2016-10-31', [/^Transform AWS::Serverless-2016-10-31: what it changes at deployment is not known: give what aws /]],
    [
      ['AWS::CodeDeployBlueGreen', 'Ours'],
      [/^Transform AWS::CodeDeployBlueGreen: CodeDeploy decides/, /^Transform Ours: what it changes/],
    ],
    [{ Name: 'AWS::Include', Parameters: { Location: 's3://a' } }, [/^Transform AWS::Include: what it changes/]],
  ])('%j is followed or named', (Transform, texts) => {
    const named = read({ Transform }).ignored.filter((text) => text.startsWith('Transform'));
    expect(named).toEqual(texts.map((text) => expect.stringMatching(text) as string));
  });

  test('a macro in a resource is named', () => {
    const id = idOf('TargetGroup');
    const group = SHOP.Resources[id] as { Properties: Section };
    const macro = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } };
    const { ignored } = read({}, { [id]: { ...group, Properties: { ...group.Properties, ...macro } } });
    expect(ignored).toContain(
      `${id} Fn::Transform AWS::Include: what it adds at deployment is not known: give what aws cloudformation get-template --template-stage Processed prints`,
    );
  });
});

test('Fn::Cidr has the blocks of CloudFormation, and Fn::GetAZs the zones that are given', () => {
  const properties = {
    Blocks: { 'Fn::Cidr': ['10.0.0.0/16', '3', 8] },
    Second: { 'Fn::Select': [1, { 'Fn::Cidr': [{ Ref: 'Range' }, 6, '5'] }] },
    Zone: { 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] },
  };
  const source = {
    Parameters: { Range: { Type: 'String', Default: '192.168.1.0/24' } },
    Resources: { A: { Type: 'T', Properties: properties } },
  };
  const evaluated = (deployed: Record<string, string>) => Template.of(source, 'x', { deployed }).resourcesOfType('T')[0]!.properties;
  expect(evaluated({ 'Fn::GetAZs': 'eu-west-1a,eu-west-1b' })).toEqual({
    Blocks: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'],
    Second: '192.168.1.32/27',
    Zone: 'eu-west-1a',
  });
  expect(evaluated({})['Zone']).toEqual({ 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] });
});

test.each([
  ['too many blocks', '10.0.0.0/24', 3, 7],
  ['no block', 'fd00::/8', 1, 8],
  ['a larger block than there is', '10.0.0.0/24', 1, 12],
  ['no address', '10.0.0.0/24', 1, 0],
])('Fn::Cidr with %s stays as it is written', (_, block, count, hostBits) => {
  expect(cidrBlocks(block, count, hostBits)).toBeUndefined();
});
