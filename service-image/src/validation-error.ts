import { inspect } from 'node:util';

/** A validation error as text: the name of the value, the rule that it breaks, and the value. */
export function validationError(name: string, rule: string, value: unknown): string {
  const given = value === undefined ? 'nothing' : inspect(value, { maxStringLength: 40, breakLength: Number.POSITIVE_INFINITY });
  return `${name} must ${rule}, got ${given}`;
}
