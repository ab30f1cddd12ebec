import { type Duration, Lazy, Token } from 'aws-cdk-lib';
import { type ValidationError, validationError } from '../parse/validation-error';

/** The longest duration of a load balancer's cookies, which hold the stickiness of a client or its session. */
export const SECONDS_PER_WEEK = 604_800;

/** The largest integer that the APIs of AWS take where they document no other limit, such as Application Auto Scaling and ECS for numbers of tasks. */
export const MAX_INTEGER = 2_147_483_647;

const NAME = /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/;

/**
 * Returns an error for an invalid name of a load balancer or target group.
 *
 * The rules are those of https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function nameErrors(prop: 'loadBalancerName' | 'targetGroupName', name: string | undefined): ValidationError[] {
  if (name === undefined || Token.isUnresolved(name)) return [];
  if (!NAME.test(name))
    return [validationError(prop, 'be 1 to 32 letters, digits and inner hyphens', `'${name}' (${name.length} characters)`)];
  return prop === 'loadBalancerName' && name.startsWith('internal-')
    ? [validationError(prop, "not begin with 'internal-'", `'${name}'`)]
    : [];
}

/** Returns an error for a number that is not whole or out of range. A value that is undefined or a token is valid. */
export function wholeNumberErrors(name: string, value: number | undefined, min: number, max: number, unit = ''): ValidationError[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  const number = unit === '' ? 'a whole number' : `a whole number of ${unit}`;
  return [validationError(name, `be ${number} from ${min} to ${max}`, value)];
}

/** Returns an error for each value that is a token, where synthesis needs the number. */
export function knownErrors(values: Readonly<Record<string, unknown>>): ValidationError[] {
  return Object.entries(values)
    .filter(([, value]) => Token.isUnresolved(value))
    .map(([name]) => validationError(name, 'be known at synthesis', 'a token'));
}

/** A number as the text that a template wants, such as in an attribute. A token may be resolved to a number or to a reference. */
export function numberAsText(value: number | string): string {
  if (!Token.isUnresolved(value)) return String(value);
  return Lazy.uncachedString({
    produce: (context) => {
      const resolved: unknown = context.resolve(value);
      return typeof resolved === 'number' ? String(resolved) : (resolved as string);
    },
  });
}

/** A text as the number that a template wants, such as in a rule of a security group. */
export function textAsNumber(value: string): number {
  if (!Token.isUnresolved(value)) return Number(value);
  return Lazy.uncachedNumber({
    produce: (context) => {
      const resolved: unknown = context.resolve(value);
      return typeof resolved === 'string' ? Number(resolved) : (resolved as number);
    },
  });
}

/** Whether a region or an account is known to be another one than that of the service. */
export function isOther(value: string | undefined, own: string): boolean {
  return value !== undefined && !Token.isUnresolved(value) && !Token.isUnresolved(own) && value !== own;
}

/** The seconds of a duration. A fraction is not rounded, so that an error can name it. */
export function secondsOf(duration: Duration): number;
export function secondsOf(duration: Duration | undefined): number | undefined;
export function secondsOf(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}
