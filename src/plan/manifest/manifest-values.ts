import { parseDurationSeconds } from '../../parse/durations';
import { throwIfAny } from '../../parse/input-error';
import { printableText } from '../../parse/printable-text';
import type { TemplateValue } from '../template/template-value';

/** The bounds of a value, and what else must be known of it: `as ECS requires`. */
interface Bounds {
  readonly min: number;
  readonly max?: number;
  readonly why?: string;
}

/** Reads values of a service of a manifest, and collects an error for each that is none, by its key in the manifest. */
export class ManifestValues {
  private readonly errors: string[] = [];

  public constructor(
    private readonly service: string,
    /** What to type if a value has a variable, such as `${COUNT}`. */
    private readonly variableHelp: string,
  ) {}

  /** A whole number; undefined if it is left out, or invalid. */
  public wholeNumber(key: string, value: TemplateValue | undefined, bounds: Bounds): number | undefined {
    if (value === undefined || value === null) return undefined;
    const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
    if (Number.isInteger(number) && isWithin(number, bounds)) return number;
    return this.reject(key, `a whole number${boundsText(bounds, String)}`, value);
  }

  /** A number of any size above 0; undefined if it is left out, or invalid. */
  public positive(key: string, value: TemplateValue | undefined, example: string): number | undefined {
    if (value === undefined || value === null) return undefined;
    const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
    if (Number.isFinite(number) && number > 0) return number;
    return this.reject(key, `a number above 0 such as ${example}`, value);
  }

  /** Seconds of a duration such as `1m30s`; undefined if it is left out, or invalid. */
  public seconds(key: string, value: TemplateValue | undefined, bounds: Bounds): number | undefined {
    if (value === undefined || value === null) return undefined;
    const seconds = typeof value === 'string' ? parseDurationSeconds(value.trim()) : undefined;
    if (seconds !== undefined && Number.isInteger(seconds) && isWithin(seconds, bounds)) return seconds;
    if (seconds === undefined) return this.reject(key, 'a duration such as 30s or 1m30s', value);
    return this.reject(key, `whole seconds${boundsText(bounds, (each) => `${each}s`)}`, value);
  }

  /** Seconds of a duration such as `1500ms`, which may be a fraction; undefined if it is left out, or invalid. */
  public duration(key: string, value: TemplateValue | undefined): number | undefined {
    if (value === undefined || value === null) return undefined;
    const seconds = typeof value === 'string' ? parseDurationSeconds(value.trim()) : undefined;
    return seconds ?? this.reject(key, 'a duration such as 2s or 500ms', value);
  }

  /** @throws InputError with each error. */
  public throwIfAny(): void {
    throwIfAny(this.errors);
  }

  /** Adds the error of a value. @param rule what it must be, after "be". */
  public reject(key: string, rule: string, value: TemplateValue): undefined {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const help = text.includes('$') ? `: ${this.variableHelp}` : '';
    this.errors.push(`${printableText(this.service)} ${key} must be ${rule}, got '${printableText(text)}'${help}`);
    return undefined;
  }
}

function isWithin(number: number, { min, max = Number.MAX_SAFE_INTEGER }: Bounds): boolean {
  return number >= min && number <= max;
}

function boundsText({ min, max, why }: Bounds, format: (bound: number) => string): string {
  return `${max === undefined ? ` of at least ${format(min)}` : ` from ${format(min)} to ${format(max)}`}${why === undefined ? '' : `, ${why}`}`;
}
