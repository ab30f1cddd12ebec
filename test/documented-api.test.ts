import { Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import type { ScalableStatelessServiceProps } from '../src';
import { Assemblies, type AssemblyProperty, type Docs } from './assembly';
import { refusals } from './synthesize';

const { own: types } = new Assemblies();

/** Everything public that has a doc block: types, properties, methods and members of enumerations. */
const DOCUMENTED: [string, Docs | undefined][] = types.flatMap((type): [string, Docs | undefined][] => [
  [type.name, type.docs],
  ...[...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])].map(({ name, docs }): [string, Docs | undefined] => [
    `${type.name}.${name}`,
    docs,
  ]),
  ...(type.initializer === undefined ? [] : [[`${type.name} constructor`, type.initializer.docs] as [string, Docs | undefined]]),
]);

/** What numbers are counted in, in the name of a property or in its doc block. */
const UNITS =
  /percent|seconds?\b|minutes?\b|millis|MiB|GiB|megabytes|gigabytes|dollars|CPU units|vCPU|\bhour|\btasks?\b|\brequests?\b|\busers\b|\bzones?\b|\btargets\b|\bconnections\b|number of|\bcounts?\b|\bseeds?\b|\bport\b|priority|\bcredits\b|\bweight\b|unit of the/i;

test('everything public has a first sentence', () => {
  // jsii ends it at a semicolon, too.
  expect(DOCUMENTED.filter(([, docs]) => !/\S.*[.;]$/s.test(docs?.summary ?? '')).map(([name]) => name)).toEqual([]);
});

test('every optional field of a struct has its default', () => {
  const fields = types.filter(({ datatype }) => datatype === true).flatMap(({ name, properties = [] }) => fieldsOf(name, properties));
  expect(fields.filter(([, { optional, docs }]) => optional === true && docs?.default === undefined).map(([name]) => name)).toEqual([]);
});

test('every number has its unit, in its name or its doc block', () => {
  const numbers = types
    .flatMap(({ name, properties = [] }) => fieldsOf(name, properties))
    .filter(([, { type }]) => type.primitive === 'number');
  expect(numbers.filter(([name, { docs }]) => !UNITS.test(`${name} ${textOf(docs)}`)).map(([name]) => name)).toEqual([]);
});

test('what is created or read with options says what it throws', () => {
  expect(
    DOCUMENTED.filter(([name]) => name === 'ScalableStatelessService constructor').map(([, docs]) => docs?.custom?.['throws']),
  ).toEqual(['InputError with all errors of the props.']);
});

describe('the range that an error names is in the doc block of', () => {
  const props = types.find(({ name }) => name === 'ScalableStatelessServiceProps')!.properties!;
  const invalid: [string, unknown][] = props.flatMap(({ name, type }): [string, unknown][] => {
    if (type.primitive === 'number') return [-1, 0.5, 1e12].map((value) => [name, value]);
    return type.fqn === 'aws-cdk-lib.Duration' ? [Duration.millis(1), Duration.days(30_000)].map((value) => [name, value]) : [];
  });

  test.each(invalid)('%s', (name, value) => {
    const text = textOf(props.find((prop) => prop.name === name)!.docs).replaceAll(/(?<=\d),(?=\d{3})/g, '');
    const errors = refusals({ [name]: value } as ScalableStatelessServiceProps).filter((error) => error.startsWith(`${name} must be`));
    const numbers = errors.flatMap((error) => / must be ([^(]*?)(?: \(|, got)/.exec(error)?.[1]?.match(/\d+(?:\.\d+)?/g) ?? []);
    expect({ errors, unknown: numbers.filter((number) => !knows(text, Number(number))) }).toEqual({ errors, unknown: [] });
  });
});

/** Whether a text has a number, as it is or in another unit. */
function knows(text: string, number: number): boolean {
  const alike = [number, number / 60, number / 1440, number / 3600, number / 86_400].filter(Number.isInteger);
  // no limit of ours, but that of the API's integer.
  return number === 2_147_483_647 || alike.some((each) => new RegExp(`(?<!\\d)${each}(?!\\d)`).test(text));
}

function fieldsOf(owner: string, properties: readonly AssemblyProperty[]): [string, AssemblyProperty][] {
  return properties.map((property) => [`${owner}.${property.name}`, property]);
}

function textOf(docs: Docs | undefined): string {
  return `${docs?.summary ?? ''} ${docs?.remarks ?? ''}`;
}
