import { InvalidInput } from '../plan/invalid-input';
import { type Fields, isFields, valueInWords } from './json-value';

/** Reads JSON that must be an object. */
export function jsonObject(text: string, name: string, example: string): Fields {
  const value = jsonValue(text, name, example);
  if (isFields(value)) return value;
  throw new InvalidInput([`${name} must be a JSON object such as ${example}, got ${valueInWords(value)}`]);
}

/** Reads JSON. */
function jsonValue(text: string, name: string, example: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput([`${name} must be JSON such as ${example}, got '${text.trim().slice(0, 40)}'`]);
  }
}

/** Reads the fields of an object, and keeps a sentence for each that is not what it must be. */
export function readerOf(object: Fields, where: string, mistakes: string[]): Reader {
  return new Reader(object, where, mistakes);
}

/** The fields of one object. */
export class Reader {
  public constructor(
    private readonly object: Fields,
    private readonly where: string,
    private readonly mistakes: string[],
  ) {}

  public has(name: string): boolean {
    return this.object[name] !== undefined && this.object[name] !== null;
  }

  public raw(name: string): unknown {
    return this.object[name] ?? undefined;
  }

  /** The same object with some fields set. */
  public with(fields: Fields): Reader {
    return new Reader({ ...this.object, ...fields }, this.where, this.mistakes);
  }

  public refuse(sentence: string): void {
    this.mistakes.push(sentence);
  }

  /** A number of at least 0; 0 beside a sentence where it is none. */
  public amount(name: string, fallback?: number): number {
    const value = this.object[name] ?? fallback;
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
    this.refuse(`${name} must be a number of at least 0, got ${valueInWords(value)} in ${this.where}`);
    return 0;
  }

  /** What `read` makes of a field; 0 beside a sentence where it makes nothing of it. */
  public span(name: string, read: (value: unknown) => number | undefined, fallback?: number): number {
    if (!this.has(name) && fallback !== undefined) return fallback;
    const seconds = read(this.object[name]);
    if (seconds !== undefined && seconds >= 0 && Number.isFinite(seconds)) return seconds;
    this.refuse(`${name} must be a duration such as 90s or 5m, got ${valueInWords(this.object[name])} in ${this.where}`);
    return 0;
  }

  /** The objects of a list, or of an object with names. */
  public objects(name: string): { name: string; reader: Reader }[] {
    const value = this.object[name];
    const entries = isFields(value) || Array.isArray(value) ? Object.entries(value) : [];
    if (entries.length === 0) this.refuse(`${name} must hold at least one entry, got ${valueInWords(value)} in ${this.where}`);
    return entries.flatMap(([key, entry]) => {
      const where = Array.isArray(value) ? `${name} ${Number(key) + 1} of ${this.where}` : `${this.where}, '${key}'`;
      if (isFields(entry)) return [{ name: key, reader: new Reader(entry, where, this.mistakes) }];
      this.refuse(`${where} must be an object, got ${valueInWords(entry)}`);
      return [];
    });
  }
}
