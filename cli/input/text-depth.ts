import { InputError } from '../../src/parse/input-error';

/** Deeper than what any tool writes: CloudFormation allows 20 levels of a property. */
const MAX_DEPTH = 200;

/** Sequences of YAML in each other, in one line. */
const DEEP_SEQUENCES = /(?:- ){200}/;

/**
 * Refuses JSON or YAML that is nested so deep that parsing it takes gigabytes.
 *
 * @param name the name of the file in errors.
 */
export function throwIfDeep(text: string, option: string, name: string): void {
  if (deepest(text) > MAX_DEPTH || DEEP_SEQUENCES.test(text))
    throw new InputError([`${option} must be nested at most ${MAX_DEPTH} deep, got more in ${name}`]);
}

/** The greatest depth of brackets, in strings too: a string with so many is none that a tool writes. */
function deepest(text: string): number {
  let depth = 0;
  let max = 0;
  for (let index = 0; index < text.length && max <= MAX_DEPTH; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x5b || code === 0x7b) max = Math.max(max, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return max;
}
