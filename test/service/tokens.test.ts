import { readFileSync } from 'node:fs';
import { CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../src';
import { newApp } from '../synthesize';
import { FORECAST_NUMBERS } from './forecast-numbers';
import { CONSTRUCT_NUMBERS } from './numbers-of-constructs';
import { NUMERIC_PROPS, RENDERED_OTHERWISE } from './numeric-props';

interface Assembly {
  readonly types: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly datatype?: boolean;
        readonly properties?: readonly { readonly name: string; readonly type: unknown }[];
        readonly methods?: readonly {
          readonly name: string;
          readonly parameters?: readonly { readonly name: string; readonly type: unknown }[];
        }[];
      }
    >
  >;
}

const ASSEMBLY: Assembly = JSON.parse(readFileSync(new URL('../../.jsii', import.meta.url), 'utf8'));

/** What a forecast returns. */
const RESULTS = /^(Forecast(Activity|Band|Event|NotScaled|Range|TimelineRow|Totals)|MonthlyBill|PlanComparison)\b/;

/** Every number and duration of the public structs and methods, as the assembly has them. */
function numbersOfAssembly(): string[] {
  const isNumeric = (type: unknown): boolean => /"number"|aws-cdk-lib\.Duration/.test(JSON.stringify(type));
  const names = Object.values(ASSEMBLY.types).flatMap(({ name, datatype, properties = [], methods = [] }) => [
    ...(datatype === true ? properties.filter(({ type }) => isNumeric(type)).map((property) => `${name}.${property.name}`) : []),
    ...methods.flatMap((method) =>
      (method.parameters ?? []).filter(({ type }) => isNumeric(type)).map((parameter) => `${name}.${method.name}(${parameter.name})`),
    ),
  ]);
  return names.filter((name) => !RESULTS.test(name));
}

test('each number of the public structs and methods has a row', () => {
  const rows = new Set([...NUMERIC_PROPS, ...CONSTRUCT_NUMBERS, ...FORECAST_NUMBERS].map(({ name }) => name));
  expect(numbersOfAssembly().filter((name) => !rows.has(name))).toEqual([]);
});

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

/** The template of a service, or the sentence that refuses its props. */
function templateOrRefusal(props: (stack: Stack) => ScalableStatelessServiceProps): { template?: string; refusal?: string } {
  const stack = new Stack(newApp(), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  try {
    // a class of the library may refuse its own options.
    const given = props(stack);
    new ScalableStatelessService(stack, 'Search', { image: IMAGE, ...given });
  } catch (error) {
    return { refusal: (error as Error).message.replace('Shop/Search: ', '') };
  }
  return { template: JSON.stringify(Template.fromStack(stack).toJSON()) };
}

/** A number that is none, or the inside of a token. */
const GARBAGE = /NaN|\de\+\d|Infinity|Token\[|:null\b/;

/** One sentence about the prop. */
const SENTENCE =
  /^[\w. ]+ must (have a duration that is known|have natGateways that are known|be known|be a number known) at synthesis, got (a token|\{"Ref":"Number"\})$/;

const parameterIn = (stack: Stack): number => new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;

test.each(NUMERIC_PROPS)('$name is in the template as a reference, or refused, where only the deployment knows it', ({ props }) => {
  const { template, refusal = '' } = templateOrRefusal((stack) => props(parameterIn(stack), stack));
  if (template === undefined) {
    expect(refusal).toMatch(SENTENCE);
  } else {
    expect(template).toContain('{"Ref":"Number"}');
    expect(template).not.toMatch(GARBAGE);
  }
});

test.each(NUMERIC_PROPS)(
  '$name is in the template like the number itself, or refused, where synthesis computes it',
  ({ name, props, valid }) => {
    const { template, refusal = '' } = templateOrRefusal((stack) => props(Lazy.number({ produce: () => valid }), stack));
    if (template === undefined) expect(refusal).toMatch(SENTENCE);
    else if (RENDERED_OTHERWISE.includes(name)) expect(template).not.toMatch(GARBAGE);
    else expect(template).toBe(templateOrRefusal((stack) => props(valid, stack)).template);
  },
);

test.each(CONSTRUCT_NUMBERS)('$name is in the template as a reference, or refused, where only the deployment knows it', ({ create }) => {
  const stack = new Stack(newApp(), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  const token = parameterIn(stack);
  try {
    create(stack, token);
  } catch (error) {
    expect((error as Error).message).toMatch(
      /^[\w/]+: [\w.[\]]+ must be (a number )?known at synthesis, got (a token|\{"Ref":"Number"\})$/,
    );
    return;
  }
  const template = JSON.stringify(Template.fromStack(stack).toJSON());
  expect(template).toContain('{"Ref":"Number"}');
  expect(template).not.toMatch(GARBAGE);
});

/** The durations of the props, each in every unit but its own. */
const OTHER_UNITS = NUMERIC_PROPS.filter(({ unit }) => unit !== undefined).flatMap(({ name, unit, of }) =>
  (['seconds', 'minutes', 'hours'] as const).filter((other) => other !== unit).map((other) => ({ name, unit, other, of: of! })),
);

test.each(OTHER_UNITS)('$name in $other is refused as a token: CloudFormation cannot convert it', ({ unit, other, of }) => {
  const { refusal } = templateOrRefusal((stack) => of(Duration[other](parameterIn(stack)), stack));
  expect(refusal).toMatch(
    /^[\w.]+ must (be known|have a duration that is known) at synthesis, got a token$|^[\w.]+ must be in \w+ where it is a token, as Duration\.\w+\(\), got a token in \w+$/,
  );
  if (refusal!.includes('where it is a token')) expect(refusal).toContain(`must be in ${unit} where`);
});

describe('a forecast needs its numbers now', () => {
  test.each(FORECAST_NUMBERS)('$name is refused as a token', ({ call }) => {
    const token = parameterIn(new Stack(newApp(), 'Shop'));
    expect(() => call(token)).toThrow(/^[^\n]*got a token$/);
    expect(() => call(token)).not.toThrow(GARBAGE);
  });
});
