import { inspect } from 'node:util';

/** Says what is wrong with a value: its name, the rule it breaks, and what was given instead. */
export function mistake(name: string, rule: string, value: unknown): string {
  const given = value === undefined ? 'nothing' : inspect(value, { maxStringLength: 40, breakLength: Number.POSITIVE_INFINITY });
  return `${name} must ${rule}, got ${given}`;
}
