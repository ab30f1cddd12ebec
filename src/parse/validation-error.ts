/** A value that an error can print; undefined for a missing value. */
type Printable = string | number | boolean | undefined;

/** The value of a prop or an option. */
export interface NamedValue {
  /** The name, with dots for what is nested: `healthCheck.timeout`. */
  readonly path: string;
  readonly value: Printable;

  /** Whether the caller left it out, so that the value is the default; undefined if that is not known. */
  readonly isDefault?: boolean;
}

/** A value that breaks a rule. The rule may name the values of other props. */
export interface BrokenRule extends NamedValue {
  readonly rule: readonly (string | NamedValue)[];
}

/** One thing that is wrong with an input: a value that breaks a rule, or a plain statement. */
export type ValidationError = BrokenRule | string;

/**
 * A value that breaks a rule: `validationError('minCapacity', 'be at least 1', 0)`.
 *
 * @param rule the words after "must"; a list if it names other values: `['be at most ', { path: 'maxCapacity', value: 6 }]`.
 * @param value the invalid value; undefined if it is missing.
 */
export function validationError(path: string, rule: string | BrokenRule['rule'], value?: Printable): BrokenRule {
  return { path, rule: typeof rule === 'string' ? [rule] : rule, value };
}

/** Writes an error: `X must RULE, got VALUE`. */
export function formatError(error: ValidationError): string {
  if (typeof error === 'string') return error;
  const { path, rule, value, isDefault } = error;
  return `${path} must ${rule.map(formatPart).join('')}, got ${value ?? 'none'}${isDefault === true ? ', its default' : ''}`;
}

function formatPart(part: string | NamedValue): string {
  if (typeof part === 'string') return part;
  return `${part.path} (${part.value}${part.isDefault === true ? ', its default' : ''})`;
}
