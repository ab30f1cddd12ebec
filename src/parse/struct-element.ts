import { describeValue, isObject } from './describe-value';
import { type BrokenRule, validationError } from './validation-error';

/** A struct whose values are in a list or map. */
export interface StructElement {
  /** Its name, which other languages have as a class. */
  readonly struct: string;

  /** The fields that each value must have. */
  readonly required: readonly string[];

  /** The fields of which each value must have one. */
  readonly anyOf?: readonly string[];
}

/**
 * Returns an error for a value that is not such a struct.
 *
 * In Python, a dict in a list or map reaches JavaScript with the field names of Python: jsii (6.0) drops each that is no field of the struct, and
 * reports only required fields that are then missing.
 */
export function structElementErrors(path: string, value: unknown, { struct, required, anyOf = [] }: StructElement): BrokenRule[] {
  const has = (field: string): boolean => isObject(value) && value[field] !== undefined;
  const missing = required.filter((field) => !has(field));
  if (missing.length === 0 && (anyOf.length === 0 || anyOf.some(has))) return [];
  const needed = missing.length > 0 ? missing.join(', ') : anyOf.join(' or ');
  return [validationError(path, `have ${needed} (in Python, use ${struct}(...) rather than a dict)`, describeValue(value))];
}
