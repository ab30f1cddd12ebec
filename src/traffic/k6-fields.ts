import { type FieldReader, fieldReaderOf, formatValue, type JsonObject } from '../parse/json-fields';

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 0.001, s: 1, m: 60, h: 3600 };

/** Days are whole and first, as in k6; the rest is a duration of Go. */
const DURATION = /^\+?(?:(\d+)d)?((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*)$/;

/** Reads a duration of k6: `1m30s`, `1d12h`, `.5m`, or a number of milliseconds, which may be text. */
export function parseK6Seconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value / 1000;
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\+?(?:\d+\.?\d*|\.\d+)$/.test(value)) return Number(value) / 1000;
  const match = DURATION.exec(value);
  if (match === null || (match[1] === undefined && match[2] === '')) return undefined;
  const parts = [...match[2]!.matchAll(/(\d+\.?\d*|\.\d+)([a-zµμ]+)/g)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS_PER_UNIT[unit!]!, Number(match[1] ?? 0) * 86_400);
  return Number(seconds.toPrecision(12));
}

/** Reads the fields of options of k6 as k6 does: their names in any case, and numbers also as text. */
export class K6Fields {
  private readonly reader: FieldReader;

  /** @param names of the fields that are read. */
  public constructor(
    object: JsonObject,
    private readonly objectName: string,
    public readonly errorList: string[],
    private readonly names: readonly string[],
  ) {
    const canonical = Object.entries(object).map(([name, value]) => [this.canonicalName(name) ?? name, value]);
    this.reader = fieldReaderOf(Object.fromEntries(canonical), objectName, errorList);
    this.unknownNames = Object.keys(object).filter((name) => this.canonicalName(name) === undefined);
  }

  /** The names of fields that are none of those that are read. */
  public readonly unknownNames: readonly string[];

  public has(name: string): boolean {
    return this.reader.has(name);
  }

  public value(name: string): unknown {
    return this.reader.value(name);
  }

  public addError(error: string): void {
    this.errorList.push(error);
  }

  /** A whole number. */
  public count(name: string, min: number, fallback?: number): number {
    const value = this.reader.value(name) ?? fallback;
    const number = typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= min) return number;
    this.addError(`${name} must be a whole number of at least ${min}, got ${formatValue(value)} in ${this.objectName}`);
    return min;
  }

  public seconds(name: string, minSeconds: number, fallback?: number): number {
    const errorCount = this.errorList.length;
    const seconds = this.reader.durationSeconds(name, parseK6Seconds, fallback);
    if (seconds >= minSeconds || this.errorList.length > errorCount) return seconds;
    this.addError(
      `${name} must be at least ${minSeconds}s, got ${formatValue(this.value(name))} in ${this.objectName}: a number is milliseconds`,
    );
    return minSeconds;
  }

  /** The objects of a field that is a list, or an object with names. */
  public objects(name: string, fieldNames: readonly string[]): { readonly name: string; readonly fields: K6Fields }[] {
    return this.reader.objects(name).map(({ name: key, object, objectName }) => {
      return { name: key, fields: new K6Fields(object, objectName, this.errorList, fieldNames) };
    });
  }

  private canonicalName(name: string): string | undefined {
    return this.names.find((known) => known.toLowerCase() === name.toLowerCase());
  }
}
