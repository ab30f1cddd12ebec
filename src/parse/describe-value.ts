/** A longer text is hard to read in an error. */
const MAX_CHARACTERS = 40;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object is no instance of a class. */
export function isPlain(value: object): boolean {
  return [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

/** A value for an error. It is not written as JSON: a construct refers to itself. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return `'${value.slice(0, MAX_CHARACTERS)}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (!isObject(value)) return String(value);
  if (!isPlain(value)) return `an instance of ${value.constructor.name}`;
  const names = Object.keys(value);
  return names.length === 0 ? 'an empty object' : `an object with ${names.join(', ').slice(0, MAX_CHARACTERS)}`;
}
