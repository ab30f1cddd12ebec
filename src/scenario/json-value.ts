/** The fields of an object that was read from JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A sentence that holds more of a wrong value is hard to read. */
const MOST_CHARACTERS = 80;

/** Whether a value is an object with fields, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How a sentence tells a value that was not what it had to be: as JSON, and as `none` where it was left out. */
export function valueInWords(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, MOST_CHARACTERS);
}
