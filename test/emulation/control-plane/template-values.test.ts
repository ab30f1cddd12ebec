import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '../../../emulation/control-plane/start-control-plane';
import { controlPlaneHere, hasPython } from './control-plane-here';
import { placeholder } from './network-template';
import { Stacks } from './stacks-of';

const INSTALL_MILLISECONDS = 300_000;
const NOTHING = { Type: 'AWS::CloudFormation::WaitConditionHandle' };

/** Of each intrinsic function an expression and what it is. */
const VALUES: Readonly<Record<string, readonly [object | string, string]>> = {
  Ref: [{ Ref: 'Size' }, 'large'],
  PseudoParameter: [{ Ref: 'AWS::AccountId' }, '123456789012'],
  Join: [{ 'Fn::Join': ['-', ['a', { Ref: 'Size' }, 'c']] }, 'a-large-c'],
  Sub: [
    { 'Fn::Sub': [['Size', 'Own', '!Kept', 'AWS::Region'].map(placeholder).join('/'), { Own: 'own' }] },
    `large/own/${placeholder('Kept')}/us-east-1`,
  ],
  SelectSplit: [{ 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
  If: [{ 'Fn::If': ['IsLarge', 'yes', 'no'] }, 'yes'],
  NotAndOr: [{ 'Fn::If': ['IsOther', 'yes', 'no'] }, 'no'],
  FindInMap: [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'Cpu'] }, '1024'],
  Base64: [{ 'Fn::Base64': 'text' }, 'dGV4dA=='],
  Cidr: [{ 'Fn::Select': [2, { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }] }, '10.0.2.0/24'],
  Zones: [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
  Parameter: ['{{resolve:ssm:/values/one}}', 'stored'],
  ParameterType: [{ Ref: 'Stored' }, 'stored'],
  Secret: [{ 'Fn::Sub': '{{resolve:secretsmanager:values:SecretString:user}}' }, 'admin'],
};

describe.skipIf(!hasPython('values in templates of the emulation'))('a template', () => {
  let plane: ControlPlane;
  let stacks: Stacks;

  beforeAll(async () => {
    plane = await controlPlaneHere();
    stacks = new Stacks(plane.url);
    await stacks.api.json('ssm', 'AmazonSSM.PutParameter', { Name: '/values/one', Value: 'stored', Type: 'String' });
    const secret = { Name: 'values', SecretString: '{"user":"admin"}', ClientRequestToken: 'a'.repeat(32) };
    await stacks.api.json('secretsmanager', 'secretsmanager.CreateSecret', secret);
  }, INSTALL_MILLISECONDS);

  afterAll(() => plane?.stop());

  test('has the value of every intrinsic function', async () => {
    const template = {
      Parameters: {
        Size: { Type: 'String', AllowedValues: ['small', 'large'] },
        Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/values/one' },
      },
      Mappings: { Sizes: { small: { Cpu: 256 }, large: { Cpu: 1024 } } },
      Conditions: {
        IsLarge: { 'Fn::Equals': [{ Ref: 'Size' }, 'large'] },
        IsOther: {
          'Fn::Or': [{ 'Fn::Not': [{ Condition: 'IsLarge' }] }, { 'Fn::And': [{ Condition: 'IsLarge' }, { 'Fn::Equals': ['a', 'b'] }] }],
        },
      },
      Resources: { Always: NOTHING, Never: { ...NOTHING, Condition: 'IsOther' } },
      Outputs: Object.fromEntries(Object.entries(VALUES).map(([name, [Value]]) => [name, { Value }])),
    };
    expect(await stacks.create('Values', template, { Size: 'large' })).toBe('CREATE_COMPLETE');
    expect(await stacks.outputs('Values')).toEqual(Object.fromEntries(Object.entries(VALUES).map(([name, [, value]]) => [name, value])));
    expect((await stacks.events('Values')).map(({ resource }) => resource)).not.toContain('Never');
    await stacks.delete('Values');
  });

  test.each([
    ['a value that is not allowed', { Size: 'huge' }, "Parameter 'Size' must be one of AllowedValues"],
    ['no value', {}, 'Parameters: [Size] must have values'],
    ['an unknown parameter', { Size: 'small', Sise: 'small' }, 'Parameters: [Sise] do not exist in the template'],
  ])('with %s is rejected before anything is created', async (_, parameters, message) => {
    const template = { Parameters: { Size: { Type: 'String', AllowedValues: ['small'] } }, Resources: { Always: NOTHING } };
    expect(await stacks.create('Rejected', template, parameters)).toBe(message);
    expect(await stacks.call('DescribeStacks', { StackName: 'Rejected' })).toContain('Stack with id Rejected does not exist');
  });

  test.each([
    ['to nothing', { One: { ...NOTHING, DependsOn: 'Two' } }],
    ['in a circle', { One: { ...NOTHING, DependsOn: 'Two' }, Two: { ...NOTHING, DependsOn: 'One' } }],
  ])('with a dependency that leads %s is rejected', async (_, Resources) => {
    expect(await stacks.create('Circle', { Resources })).toMatch(
      /Unresolved resource dependencies \[Two\]|Circular dependency between resources: \[One, Two\]/,
    );
  });

  test('can have another template as a resource', async () => {
    const child = {
      Parameters: { Name: { Type: 'String' } },
      Resources: { Always: NOTHING },
      Outputs: { Greeting: { Value: { 'Fn::Sub': `Hello ${placeholder('Name')}` } } },
    };
    const put = (path: string, body?: string) => fetch(new URL(path, plane.url), { method: 'PUT', body });
    await put('/templates');
    await put('/templates/child.json', JSON.stringify(child));
    const Nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'https://templates.s3.us-east-1.amazonaws.com/child.json', Parameters: { Name: 'World' } },
    };
    const parent = { Resources: { Nested }, Outputs: { Said: { Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Greeting'] } } } };
    expect(await stacks.create('Parent', parent)).toBe('CREATE_COMPLETE');
    expect(await stacks.outputs('Parent')).toEqual({ Said: 'Hello World' });
    expect(await stacks.delete('Parent')).toBe('DELETE_COMPLETE');
    expect(await stacks.call('DescribeStacks', {})).not.toContain('Nested');
  });
});
