import { type Duration, Stack, Token } from 'aws-cdk-lib';
import { describeValue, isObject, isPlain } from '../parse/describe-value';
import { InputError, throwIfAny } from '../parse/input-error';
import { type StructElement, structElementErrors } from '../parse/struct-element';
import { formatError } from '../parse/validation-error';

/** What an argument must be. The compiler checks it in TypeScript; JavaScript can pass anything. */
interface ArgumentType {
  /** Returns an error for each part of a value that is of another type. */
  readonly errors: (name: string, value: unknown) => string[];
  readonly isOptional: boolean;
}

interface RequiredType extends ArgumentType {
  readonly isOptional: false;
}

interface OptionalType extends ArgumentType {
  readonly isOptional: true;
}

/** The type of each option of a struct; the compiler compares the two. */
export type OptionTypes<Options> = {
  readonly [Name in keyof Options]-?: undefined extends Options[Name] ? OptionalType : RequiredType;
};

/**
 * Checks the types of options, or of the arguments of a method.
 *
 * @param subject the method or the options, with which each error begins.
 * @throws InputError for each value of another type, and each name that is unknown.
 */
export function checkTypes<Options>(subject: string, options: Options, types: OptionTypes<Options>): void {
  throwIfAny(optionErrors('', options, types), subject);
}

function optionErrors(path: string, options: unknown, types: Readonly<Record<string, ArgumentType>>): string[] {
  const names = Object.keys(types);
  if (!isObject(options))
    return [`${path === '' ? 'options' : path} must be an object with ${names.join(', ')}, got ${describeValue(options)}`];
  const known = Object.entries(types).flatMap(([name, type]) => type.errors(path === '' ? name : `${path}.${name}`, options[name]));
  // an instance of a class may have members of its own.
  const unknown = isPlain(options) ? Object.keys(options).filter((name) => !names.includes(name) && options[name] !== undefined) : [];
  const subject = path === '' ? 'an option' : `an option of ${path}`;
  return [...known, ...unknown.map((name) => `${subject} must be one of ${names.join(', ')}, got '${name}'`)];
}

function typeOf(text: string, isOfType: (value: unknown) => boolean): RequiredType {
  return {
    isOptional: false,
    errors: (name, value) => (isOfType(value) ? [] : [`${name} must be ${text}, got ${describeValue(value)}`]),
  };
}

/** An instance of a class, recognized by one of its members: a program can have loaded the class twice. */
function instanceWith(member: string, text: string): RequiredType {
  return typeOf(text, (value) => isObject(value) && member in value);
}

/** A token is not known before the deployment. */
function knownType({ errors }: RequiredType): RequiredType {
  return {
    isOptional: false,
    errors: (name, value) => (isToken(value) ? [`${name} must be known for a forecast, got a token`] : errors(name, value)),
  };
}

function isToken(value: unknown): boolean {
  if (isObject(value)) return 'isUnresolved' in value && typeof value['isUnresolved'] === 'function' && value['isUnresolved']() === true;
  return typeof value === 'number' && Token.isUnresolved(value);
}

/** For traffic, which reports its errors with those of the forecast. */
export const ANY_NUMBER = typeOf('a number', (value) => typeof value === 'number');
export const NUMBER = knownType(ANY_NUMBER);
export const STRING = typeOf('a string', (value) => typeof value === 'string');
export const JSON_TEXT = typeOf('JSON text such as JSON.stringify returns', (value) => typeof value === 'string');
export const BOOLEAN = typeOf('true or false', (value) => typeof value === 'boolean');
export const DURATION = knownType(instanceWith('toMilliseconds', 'a Duration such as Duration.minutes(5)'));
export const SIZE = instanceWith('toMebibytes', 'a Size such as Size.mebibytes(50)');
export const STACK = typeOf('a Stack', (value) => Stack.isStack(value));
export const TEMPLATE = typeOf('an object such as Template.fromStack(stack).toJSON()', (value) => isObject(value) && isPlain(value));
export const TRAFFIC = instanceWith(
  '_traffic',
  "Traffic such as Traffic.users(30, Duration.minutes(5)) or Traffic.parse('users 30 for 5m')",
);
export const WORKLOAD = instanceWith('_complete', 'a Workload such as Workload.of({ cpuPerRequest: Duration.millis(2) })');
export const FAULT = instanceWith('_fault', "a Fault such as Fault.parse('stop 1 at 10m')");
export const BEHAVIOR = instanceWith('_behavior', 'an AwsBehavior such as AwsBehavior.cautious()');
export const PRICES = instanceWith('_prices', 'Prices such as Prices.usEast1()');
export const PLAN = instanceWith('withChanges', 'a Plan such as Plan.ofStack(stack)');

/** One of some strings. */
export function oneOf(values: readonly string[]): RequiredType {
  return typeOf(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));
}

/** A list, with items of a type. */
export function listOf(type: ArgumentType): RequiredType {
  const list = typeOf('a list', Array.isArray);
  const itemErrors = (name: string, items: readonly unknown[]): string[] =>
    items.flatMap((item, index) => type.errors(`${name}[${index}]`, item));
  return { isOptional: false, errors: (name, value) => (Array.isArray(value) ? itemErrors(name, value) : list.errors(name, value)) };
}

/** An object with values of a type, by any names. */
export function mapOf(type: ArgumentType): RequiredType {
  const object = typeOf('an object with names as keys', isObject);
  const valueErrors = (name: string, values: object): string[] =>
    Object.entries(values).flatMap(([key, value]) => type.errors(`${name}.${key}`, value));
  return { isOptional: false, errors: (name, value) => (isObject(value) ? valueErrors(name, value) : object.errors(name, value)) };
}

/** An options object. */
export function optionsOf<Options>(types: OptionTypes<Options>): RequiredType {
  return { isOptional: false, errors: (name, value) => optionErrors(name, value, types) };
}

/** The values of a struct in a list or map. Each has its required fields: the other types are checked after that. */
export function structOf<Options>(struct: string, types: OptionTypes<Options>): RequiredType {
  const fields: [string, ArgumentType][] = Object.entries(types);
  const element: StructElement = { struct, required: fields.filter(([, { isOptional }]) => !isOptional).map(([name]) => name) };
  const missing = (name: string, value: unknown): string[] => structElementErrors(name, value, element).map(formatError);
  return {
    isOptional: false,
    errors: (name, value) => (missing(name, value).length > 0 ? missing(name, value) : optionErrors(name, value, types)),
  };
}

/** A value that may be left out. */
export function optional({ errors }: ArgumentType): OptionalType {
  return { isOptional: true, errors: (name, value) => (value === undefined ? [] : errors(name, value)) };
}

/**
 * A duration in seconds, with its fraction and without binary rounding error: 0.12 milliseconds are 0.00012 seconds.
 *
 * @throws InputError for a token: a forecast needs the value now.
 */
export function inSeconds(duration: Duration): number {
  if (Token.isUnresolved(duration)) throw new InputError(['a duration must be known for a forecast, got a token']);
  return Number((duration.toMilliseconds({ integral: false }) / 1000).toPrecision(12));
}
