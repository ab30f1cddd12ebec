import { refuse } from '../plan/invalid-input';
import { Trace } from './trace';
import type { Traffic } from './traffic';
import { isAmount, MOST_USERS_OR_REQUESTS, trafficMistakes } from './traffic-mistakes';

/** After so many wrong lines the rest is not read. */
const MOST_SENTENCES = 10;

/**
 * Reads a recorded load: one line for each change, `t,rps`, where t is in seconds and grows. A header may stand before.
 *
 * A rate holds until the next line. The first line is where the scenario begins, whatever its time; the last one lasts as
 * long as the line before it, or a second where it is the only one.
 *
 * @throws InvalidInput with one sentence for each line that does not read.
 */
export function parseTrace(text: string): Traffic {
  const rows = new Rows(lineCount(text));
  let number = 0;
  for (let from = 0; from < text.length && rows.mistakes.length < MOST_SENTENCES; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    number += 1;
    rows.read(text.slice(from, to), number);
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
class Rows {
  public readonly mistakes: string[] = [];
  private readonly startsAtSeconds: Float64Array;
  private readonly requestsPerSecond: Float64Array;
  private count = 0;

  public constructor(lines: number) {
    this.startsAtSeconds = new Float64Array(lines);
    this.requestsPerSecond = new Float64Array(lines);
  }

  public read(line: string, number: number): void {
    if (line.trim() === '') return;
    if (number === 1 && isHeader(line)) {
      if (isSwapped(line)) this.mistakes.push(`line 1: a trace must have its times before its rates, got '${line.trim()}'`);
      return;
    }
    const comma = line.indexOf(',');
    const seconds = numberOf(line.slice(0, comma));
    const rate = numberOf(line.slice(comma + 1));
    const sentence = this.mistakeIn(line, seconds, rate);
    if (sentence !== undefined) {
      this.mistakes.push(`line ${number}: ${sentence}`);
      return;
    }
    this.startsAtSeconds[this.count] = seconds;
    this.requestsPerSecond[this.count] = rate;
    this.count += 1;
  }

  public traffic(): Traffic {
    if (this.count === 0 && this.mistakes.length === 0) this.mistakes.push('a trace must hold at least one line such as 0,100, got none');
    refuse(this.mistakes);
    const trace = new Trace(this.endsAtSeconds(), this.requestsPerSecond.subarray(0, this.count));
    refuse(trafficMistakes({ phases: trace }));
    return { phases: trace };
  }

  private mistakeIn(line: string, seconds: number, rate: number): string | undefined {
    if (!line.includes(',')) return `a trace must hold t,rps, got '${line.trim()}'`;
    if (!Number.isFinite(seconds)) return `t must be a number of seconds, got '${line.slice(0, line.indexOf(',')).trim()}'`;
    if (!isAmount(rate))
      return `rps must be a number from 0 to ${MOST_USERS_OR_REQUESTS}, got '${line.slice(line.indexOf(',') + 1).trim()}'`;
    const before = this.startsAtSeconds[this.count - 1];
    return before !== undefined && seconds <= before ? `times must grow, got ${seconds} after ${before}` : undefined;
  }

  /** Made of the starts in place, as there may be millions: each row ends where the next begins. */
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
function isSwapped(header: string): boolean {
  const [first, second] = header.split(',').map((cell) => cell.trim().toLowerCase());
  return /rps|rate|request/.test(first!) && /^(t|s|sec|second|time)/.test(second!);
}

/** An empty cell is no number, though JavaScript takes it for 0. */
function numberOf(cell: string): number {
  const trimmed = cell.trim();
  return trimmed === '' ? Number.NaN : Number(trimmed);
}
