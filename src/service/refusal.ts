import { InvalidInput } from '../plan/invalid-input';

/** What `x` is in `x must be at most y (6), got 7`, and where the value of `x` stands. */
const SUBJECT = /^([a-z][A-Za-z.]*) must .*, got /;

/** What `y (6)` is in it. */
const OTHER = /\b([a-z][A-Za-z.]*) \(([^()]+)\)/g;

/** What a sentence says of a prop that is missing and has no default. */
const NOTHING = /, got none/;

/**
 * Throws when there is at least one mistake: all of them, each with the place where it was made.
 *
 * A value that the caller never wrote is called a default, or the sentence would puzzle them.
 */
export function refuseAt(path: string, props: object, mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new InvalidInput(mistakes.map((mistake) => `${path}: ${withDefaultsNamed(mistake, props)}`));
}

/** Says of each value in the sentence that is a default that it is one. */
function withDefaultsNamed(mistake: string, props: object): string {
  const isDefault = (name: string): boolean => valueAt(props, name.split('.')) === undefined;
  const sentence = mistake.replace(OTHER, (text, name, value) => (isDefault(name) ? `${name} (${value}, its default)` : text));
  const subject = SUBJECT.exec(sentence)?.[1];
  return subject !== undefined && isDefault(subject) && !NOTHING.test(sentence) ? `${sentence}, its default` : sentence;
}

function valueAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || !isStruct(value)) return value;
  return valueAt(value[name], rest);
}

/** What an object of a class holds was given with it, under whatever name. */
function isStruct(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
