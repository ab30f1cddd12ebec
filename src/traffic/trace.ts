import { throwIfAny } from '../parse/input-error';
import type { Traffic, TrafficPhase, TrafficPhases } from './traffic-phases';
import { isValidLoad, MAX_USERS_OR_REQUESTS, trafficErrors } from './traffic-validation';

/** After this number of invalid lines the rest is not read. */
const MAX_ERRORS = 10;

/**
 * Reads a trace: lines of `t,rps` with increasing seconds, after an optional header.
 *
 * A rate lasts until the next line. The scenario begins at the first line; the last line lasts as long as the line before it, or a
 * second if it is the only one.
 *
 * @throws InputError with an error for each line that cannot be read.
 */
export function parseTrace(text: string): Traffic {
  const rows = new TraceRows(lineCount(text));
  let number = 0;
  for (let from = 0; from < text.length && rows.errors.length < MAX_ERRORS; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    number += 1;
    rows.readLine(text.slice(from, to), number);
    from = to + 1;
  }
  return rows.traffic();
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The rows that were read so far, in columns. */
class TraceRows {
  public readonly errors: string[] = [];
  private readonly startsAtSeconds: Float64Array;
  private readonly requestsPerSecond: Float64Array;
  private count = 0;

  public constructor(lines: number) {
    this.startsAtSeconds = new Float64Array(lines);
    this.requestsPerSecond = new Float64Array(lines);
  }

  public readLine(line: string, number: number): void {
    if (line.trim() === '') return;
    if (number === 1 && isHeader(line)) {
      if (isRateFirst(line)) this.errors.push(`line 1: a trace must have its times before its rates, got '${line.trim()}'`);
      return;
    }
    const comma = line.indexOf(',');
    const seconds = numberOf(line.slice(0, comma));
    const rate = numberOf(line.slice(comma + 1));
    const error = this.errorIn(line, seconds, rate);
    if (error !== undefined) {
      this.errors.push(`line ${number}: ${error}`);
      return;
    }
    this.startsAtSeconds[this.count] = seconds;
    this.requestsPerSecond[this.count] = rate;
    this.count += 1;
  }

  public traffic(): Traffic {
    if (this.count === 0 && this.errors.length === 0) this.errors.push('a trace must have at least one line such as 0,100, got none');
    throwIfAny(this.errors);
    const trace = new Trace(this.endsAtSeconds(), this.requestsPerSecond.subarray(0, this.count));
    throwIfAny(trafficErrors({ phases: trace }));
    return { phases: trace };
  }

  private errorIn(line: string, seconds: number, rate: number): string | undefined {
    if (!line.includes(',')) return `a line must have t,rps, got '${line.trim()}'`;
    if (!Number.isFinite(seconds)) return `t must be a number of seconds, got '${line.slice(0, line.indexOf(',')).trim()}'`;
    if (!isValidLoad(rate))
      return `rps must be a number from 0 to ${MAX_USERS_OR_REQUESTS}, got '${line.slice(line.indexOf(',') + 1).trim()}'`;
    const before = this.startsAtSeconds[this.count - 1];
    return before !== undefined && seconds <= before ? `times must increase, got ${seconds} after ${before}` : undefined;
  }

  /** When each row ends: where the next one begins. Computed in place of the starts, as there may be millions. */
  private endsAtSeconds(): Float64Array {
    const times = this.startsAtSeconds.subarray(0, this.count);
    const [first, last] = [times[0]!, times.at(-1)!];
    const lastSeconds = this.count > 1 ? last - times[this.count - 2]! : 1;
    for (let row = 0; row + 1 < this.count; row++) times[row] = times[row + 1]! - first;
    times[this.count - 1] = last - first + lastSeconds;
    return times;
  }
}

function isHeader(line: string): boolean {
  return line.includes(',') && line.split(',').every((cell) => Number.isNaN(numberOf(cell)));
}

/** Whether a header names a rate first and a time second. */
function isRateFirst(header: string): boolean {
  const [first, second] = header.split(',').map((cell) => cell.trim().toLowerCase());
  return /rps|rate|request/.test(first!) && /^(t|s|sec|second|time)/.test(second!);
}

/** The number in a cell; NaN for an empty cell, which JavaScript converts to 0. */
function numberOf(cell: string): number {
  const trimmed = cell.trim();
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

/**
 * A recorded open load: each rate lasts until the next one.
 *
 * It is stored as two columns of numbers: a month of seconds is 2.6 million rows, which take 42 MB here and 250 MB as objects.
 */
export class Trace implements TrafficPhases {
  public readonly seconds: number;

  /** @param endsAtSeconds when each row ends, growing; the first row begins at 0. */
  public constructor(
    private readonly endsAtSeconds: Float64Array,
    private readonly requestsPerSecond: Float64Array,
  ) {
    this.seconds = endsAtSeconds.at(-1) ?? 0;
  }

  public get length(): number {
    return this.endsAtSeconds.length;
  }

  public at(index: number): TrafficPhase | undefined {
    const value = this.requestsPerSecond[index];
    if (value === undefined) return undefined;
    const durationSeconds = this.endsAtSeconds[index]! - (index === 0 ? 0 : this.endsAtSeconds[index - 1]!);
    return { kind: 'rps', from: value, to: value, thinkSeconds: 0, durationSeconds };
  }

  public *[Symbol.iterator](): Iterator<TrafficPhase> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
