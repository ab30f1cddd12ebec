import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Deployment } from './deployment/deployment';
import { Authentication } from './load-balancer/authentication';

/** What `StringParameter.valueFromLookup` returns until the CDK has looked the value up. */
const PLACEHOLDER = 'dummy-value-for-';

/** The ids and ARNs that lookups of the CDK return until it has looked a resource up. None of them is valid. */
const DUMMIES = ['vpc-12345', ':loadbalancer/application/my-load-balancer/', ':listener/application/my-load-balancer/'];

/** Whether an id or an ARN is that of a resource which the CDK has yet to look up. */
export function isDummy(text: string): boolean {
  return DUMMIES.some((dummy) => text === dummy || (dummy.startsWith(':') && text.includes(dummy)));
}

/** Whether a text is or contains the placeholder of a value that the CDK has yet to look up. */
export function hasPlaceholder(text: string): boolean {
  return text.includes(PLACEHOLDER);
}

/** Whether an error is about a value that the CDK has yet to look up: a placeholder, what arithmetic makes of it, or the default of its prop. */
export function isAboutPlaceholder(scope: Construct, error: string, unknown: readonly string[]): boolean {
  const names = unknown.map((name) => new RegExp(`\\b${name}\\b`));
  return hasPlaceholder(error) || names.some((name) => name.test(error)) || (/\bNaN\b/.test(error) && isLookingUp(scope));
}

/** Props that are compared with each other: where one is unknown, the default of it may contradict the other. */
const COMPARED = [
  ['minCapacity', 'maxCapacity'],
  ['minHealthyPercent', 'maxHealthyPercent'],
  ['cpu', 'memoryLimitMiB'],
  ['interval', 'timeout'],
  ['spotPercent', 'onDemandBase'],
];

/**
 * The props without those whose values the CDK has yet to look up.
 *
 * The CDK synthesizes an app, looks up what is missing, and synthesizes it again. An error about a placeholder would end the first of
 * these runs, and nothing would be looked up. A domain name stays: a hosted zone needs one.
 */
export function withoutPlaceholders<Props extends object>(scope: Construct, props: Props): Props {
  const given = Object.entries(props).map(([name, value]): [string, unknown] => [
    name,
    isPlainObject(value) && OPTIONS.includes(name) ? withoutPlaceholders(scope, value) : value,
  ]);
  const unknown = given.filter(([name, value]) => name !== 'domainName' && isUnknown(scope, value)).map(([name]) => name);
  const left = new Set([...unknown, ...COMPARED.filter((pair) => pair.some((name) => unknown.includes(name))).flat()]);
  const known = given.filter(([name]) => !left.has(name));
  const isSame = known.length === given.length && known.every(([name, value]) => Object.is(props[name as keyof Props], value));
  return isSame ? props : (Object.fromEntries(known) as Props);
}

/** The props that are options of their own. */
const OPTIONS = ['healthCheck', 'containerHealthCheck'];

/** The names of the props that are left out of others. */
export function leftOutOf(props: object, known: object): string[] {
  if (props === known) return [];
  return Object.entries(props).flatMap(([name, value]) => {
    const rest: unknown = known[name as keyof typeof known];
    if (rest === undefined) return value === undefined ? [] : [name];
    return isPlainObject(value) && isPlainObject(rest) ? leftOutOf(value, rest) : [];
  });
}

function isUnknown(scope: Construct, value: unknown): boolean {
  return typeof value === 'string' ? hasPlaceholder(value) : hasNoNumber(value) && isLookingUp(scope);
}

/** Whether a value is or contains a placeholder that was made a number. */
function hasNoNumber(value: unknown): boolean {
  if (Number.isNaN(value)) return true;
  if (value instanceof Deployment) return [value._options, value._shift].some(hasNoNumber);
  if (value instanceof Authentication) return hasNoNumber(value._options);
  // a duration does not publish its amount in the unit that it was created with.
  if (value instanceof Duration) return Number.isNaN((value as unknown as { amount?: number }).amount);
  return isPlainObject(value) && Object.values(value).some(hasNoNumber);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The CDK names two zones until it has looked them up. Those break no rule, and a unit test never looks them up. */
const HARMLESS_LOOKUP = 'availability-zones';

/** Whether the CDK will look up values and synthesize the stack again. */
export function isLookingUp(scope: Construct): boolean {
  const stack = Stack.of(scope) as unknown as { readonly _missingContext?: readonly { readonly provider: string }[] };
  return (stack._missingContext ?? []).some(({ provider }) => provider !== HARMLESS_LOOKUP);
}
