import { InputError } from './input-error';

/** Parses JSON that must be an object. `name` is its name in errors. */
export function parseJsonObject(text: string, name: string, example: string): JsonObject {
  const value = parseJson(text, name, example);
  if (isJsonObject(value)) return value;
  throw new InputError([`${name} must be a JSON object such as ${example}, got ${formatValue(value)}`]);
}

/** Parses JSON. A JavaScript caller may pass an object instead of its text. */
function parseJson(text: string, name: string, example: string): unknown {
  if (typeof text !== 'string') throw new InputError([`${name} must be JSON text such as '${example}', got ${formatValue(text)}`]);
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError([`${name} must be JSON such as ${example}, got ${nonJson(text)}`]);
  }
}

/** Text that is not JSON, for an error. More than a word may be a secret, or a whole file. */
function nonJson(text: string): string {
  return /^[a-z]{1,20}$/i.test(text) ? `'${text}'` : 'text that is not JSON';
}

/** A reader of the fields of an object, which adds an error for each invalid one. `objectName` is the name of the object in errors. */
export function fieldReaderOf(object: JsonObject, objectName: string, errors: string[]): FieldReader {
  return new FieldReader(object, objectName, errors);
}

/** Reads the fields of one object. */
export class FieldReader {
  public constructor(
    private readonly object: JsonObject,
    private readonly objectName: string,
    private readonly errors: string[],
  ) {}

  public has(name: string): boolean {
    return this.object[name] !== undefined && this.object[name] !== null;
  }

  public value(name: string): unknown {
    return this.object[name] ?? undefined;
  }

  /** The same object with some fields set. */
  public with(fields: JsonObject): FieldReader {
    return new FieldReader({ ...this.object, ...fields }, this.objectName, this.errors);
  }

  public addError(error: string): void {
    this.errors.push(error);
  }

  /** A number of at least 0; 0, and an error, for any other value. */
  public nonNegativeNumber(name: string, fallback?: number): number {
    const value = this.object[name] ?? fallback;
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
    this.addError(`${name} must be a number of at least 0, got ${formatValue(value)} in ${this.objectName}`);
    return 0;
  }

  /** The seconds that `parse` returns for a field; 0, and an error, if it returns none. */
  public durationSeconds(name: string, parse: (value: unknown) => number | undefined, fallback?: number): number {
    if (!this.has(name) && fallback !== undefined) return fallback;
    const seconds = parse(this.object[name]);
    if (seconds !== undefined && seconds >= 0 && Number.isFinite(seconds)) return seconds;
    this.addError(`${name} must be a duration such as 90s or 5m, got ${formatValue(this.object[name])} in ${this.objectName}`);
    return 0;
  }

  /** The objects of a field that is a list, or an object with names. */
  public objects(name: string): NamedObject[] {
    const value = this.object[name];
    const entries = isJsonObject(value) || Array.isArray(value) ? Object.entries(value) : [];
    if (entries.length === 0) this.addError(`${name} must have at least one entry, got ${formatValue(value)} in ${this.objectName}`);
    return entries.flatMap(([key, entry]) => {
      const entryName = Array.isArray(value) ? `${name} ${Number(key) + 1} of ${this.objectName}` : `${this.objectName}, '${key}'`;
      if (isJsonObject(entry))
        return [{ name: key, object: entry, objectName: entryName, reader: new FieldReader(entry, entryName, this.errors) }];
      this.addError(`${entryName} must be an object, got ${formatValue(entry)}`);
      return [];
    });
  }
}

/** One of several objects of a field. */
interface NamedObject {
  /** Its key, or its index. */
  readonly name: string;
  readonly object: JsonObject;
  /** Its name in errors. */
  readonly objectName: string;
  readonly reader: FieldReader;
}

/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A longer part of an invalid value is hard to read in an error. */
const MAX_CHARACTERS = 80;

/** Whether a value is an object, and not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Writes an invalid value for an error: as JSON, and as `none` if it is missing. */
export function formatValue(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value).slice(0, MAX_CHARACTERS);
}
