import { InputError, throwIfAny } from '../../parse/input-error';
import type { Traffic } from '../traffic-phases';
import { MAX_USERS_OR_REQUESTS } from '../traffic-validation';
import { delimiterOf, lineCount, splitCells } from './cells';
import { dateAt, decimalAt } from './plain-cells';
import { columnsOf, type RecordedColumns } from './recorded-columns';
import { trafficOfSeries } from './recorded-series';
import { epochUnitSeconds, RecordedTimes } from './recorded-times';
import { aggregatedCsv } from './row-tables';

/** After this number of invalid lines the rest is not read. */
const MAX_ERRORS = 10;

/** A longer line is not of a table of times and values. */
const MAX_LINE_CHARACTERS = 100_000;

/** Lines before the table as the CloudWatch console exports it. */
const PREAMBLE =
  /^"?(label|statistic|period|id|title|unit|namespace|metric(?:name)?|full label|region|account(?: id)?|dimensions?|details)"?[,;\t]/i;

/**
 * Reads a recording as CSV: a column of times and one of values, after an optional header that names them.
 *
 * Times are seconds, milliseconds since 1970, dates, or what the header says. Values are requests per second, a count for each row, or
 * users, by the name of their column; without a header requests per second. Rows may be in any order.
 *
 * @throws InputError with an error for each line that cannot be read.
 */
export function parseTrace(text: string): Traffic {
  return aggregatedCsv(text) ?? new RecordedCsv(text).traffic();
}

/** The columns of a table without a header. */
const UNNAMED: RecordedColumns = { timeIndex: 0, valueIndex: 1, value: { kind: 'rate', factor: 1 } };

function unnamedColumnsOf(cells: readonly string[]): RecordedColumns | string {
  return cells.length === 2 ? UNNAMED : "a recording with more than two columns must have a header that names them, such as 'time,rps'";
}

/** Reads the lines of a table, into columns: there may be millions. */
class RecordedCsv {
  private readonly errors: string[] = [];
  private readonly times: Float64Array;
  private readonly values: Float64Array;
  private count = 0;
  private delimiter = ',';
  private columns: RecordedColumns | undefined;
  private isCount = false;
  private hasDates = false;
  /** Whether a line has its time first, and its value second. */
  private isPlain = false;
  private lineNumber = 0;
  private readonly recordedTimes = new RecordedTimes();

  public constructor(private readonly text: string) {
    const lines = lineCount(text);
    this.times = new Float64Array(lines);
    this.values = new Float64Array(lines);
  }

  public traffic(): Traffic {
    for (let from = this.text.charCodeAt(0) === 0xfeff ? 1 : 0; from < this.text.length && this.errors.length < MAX_ERRORS; ) {
      const next = this.text.indexOf('\n', from);
      const to = next < 0 ? this.text.length : next;
      this.lineNumber += 1;
      if (to - from > MAX_LINE_CHARACTERS)
        throw new InputError([`line ${this.lineNumber}: a line of a recording must be short, got one of ${to - from} characters`]);
      this.readLine(from, this.text.charCodeAt(to - 1) === 13 ? to - 1 : to);
      from = to + 1;
    }
    if (this.count === 0 && this.errors.length === 0) this.errors.push('a trace must have at least one line such as 0,100, got none');
    throwIfAny(this.errors);
    return this.trafficOfRows(this.columns!);
  }

  private trafficOfRows(columns: RecordedColumns): Traffic {
    const times = this.times.subarray(0, this.count);
    const unit = columns.timeUnitSeconds ?? epochUnitSeconds(times[0]!);
    if (unit !== 1 && !this.hasDates) for (let row = 0; row < times.length; row++) times[row] = times[row]! * unit;
    const value = this.isCount ? ({ kind: 'count' } as const) : columns.value;
    const traffic = trafficOfSeries({ times, values: this.values.subarray(0, this.count), value });
    return columns.remark === undefined ? traffic : { ...traffic, remarks: [...(traffic.remarks ?? []), columns.remark] };
  }

  private readLine(from: number, to: number): void {
    if (this.columns === undefined && !this.startTable(this.text.slice(from, to))) return;
    if (from < to && !this.readPlainLine(from, to)) this.readCells(this.text.slice(from, to));
  }

  /** Reads a line of plain numbers, or of a date and a number, without making text of its cells; returns whether it was one. */
  private readPlainLine(from: number, to: number): boolean {
    if (!this.isPlain) return false;
    const comma = this.text.indexOf(this.delimiter, from);
    if (comma < from || comma >= to) return false;
    const time = this.hasDates ? dateAt(this.text, from, comma) : decimalAt(this.text, from, comma);
    const value = decimalAt(this.text, comma + 1, to);
    if (Number.isNaN(time) || Number.isNaN(value) || !this.isValidValue(value)) return false;
    this.addRow(time, value);
    return true;
  }

  private readCells(line: string): void {
    const { timeIndex, valueIndex, filter } = this.columns!;
    const cells = splitCells(line, this.delimiter);
    if (filter !== undefined && cells[filter.index] !== filter.text) return;
    if (cells.length >= 2 || cells[0]!.trim() !== '') this.readRow(cells[timeIndex] ?? '', cells[valueIndex] ?? '');
  }

  private readRow(timeText: string, valueText: string): void {
    const time = this.timeOf(timeText, this.recordedTimes);
    const value = this.valueOf(valueText);
    if (Number.isNaN(time) && timeText.trim() === '' && valueText.trim() === '') return;
    if (!Number.isFinite(time)) {
      this.errors.push(
        `line ${this.lineNumber}: a time must be seconds or a date such as 2026-11-28 10:00:00, got ${describeCell(timeText)}`,
      );
    } else if (value !== undefined && !this.isValidValue(value)) {
      this.errors.push(`line ${this.lineNumber}: rps must be a number from 0 to ${MAX_USERS_OR_REQUESTS}, got ${describeCell(valueText)}`);
    } else if (value !== undefined) this.addRow(time, value);
  }

  private isValidValue(value: number): boolean {
    return value >= 0 && Number.isFinite(value) && (this.isCount || value <= MAX_USERS_OR_REQUESTS * 60);
  }

  private addRow(time: number, value: number): void {
    this.times[this.count] = time;
    this.values[this.count] = value;
    this.count += 1;
  }

  /** Begins the table at its first line; returns whether the line is a row of it. */
  private startTable(line: string): boolean {
    if (line.trim() === '' || line.startsWith('#')) return false;
    if (PREAMBLE.test(line)) {
      this.readPreamble(line);
      return false;
    }
    this.delimiter = delimiterOf(line);
    const cells = splitCells(line, this.delimiter);
    if (cells.length < 2) throw new InputError([`line ${this.lineNumber}: a line must have t,rps, got ${describeCell(line)}`]);
    const hasHeader = !cells.some((cell) => cell.trim() !== '' && Number.isFinite(this.timeOf(cell)));
    const columns = hasHeader ? columnsOf(cells) : unnamedColumnsOf(cells);
    if (typeof columns === 'string') throw new InputError([columns]);
    this.columns = columns;
    this.isCount ||= columns.value.kind === 'count';
    this.isPlain = columns.timeIndex === 0 && columns.valueIndex === 1 && columns.filter === undefined;
    return !hasHeader;
  }

  /** A line of the CloudWatch console, of which the statistic counts. */
  private readPreamble(line: string): void {
    if (/^"?statistic"?[,;\t]\s*"?(sum|samplecount|sample count)/i.test(line)) this.isCount = true;
    if (/^"?statistic"?[,;\t]\s*"?(average|p\d|minimum|maximum)/i.test(line) && !this.isCount)
      throw new InputError(['the statistic of the requests must be Sum, got another one: export the metric again with Sum']);
  }

  /** @param times of the rows before; without them, a time is only recognized. */
  private timeOf(text: string, times = new RecordedTimes()): number {
    const number = numberOf(text);
    if (!Number.isNaN(number)) return number;
    const seconds = times.secondsOf(text.trim());
    if (!Number.isNaN(seconds)) this.hasDates = true;
    return seconds;
  }

  /** The value of a cell; undefined for an empty one. */
  private valueOf(text: string): number | undefined {
    const number = numberOf(this.delimiter === ';' && text.includes(',') ? text.replace(',', '.') : text);
    if (!Number.isNaN(number)) return number;
    const trimmed = text.trim();
    if (/^(|null|-|undefined|none)$/i.test(trimmed) && this.columns !== UNNAMED) return undefined;
    const withUnit = /^([\d.]+)\s*([kKM])?\s*(?:r|req|reqs|requests|ops|c|q)?(?:\/s(?:ec)?|ps)?$/.exec(trimmed);
    if (withUnit === null) return Number.NaN;
    return Number(withUnit[1]) * ({ k: 1000, K: 1000, M: 1e6 }[withUnit[2] ?? ''] ?? 1);
  }
}

/** The number in a cell; NaN for an empty cell, which JavaScript converts to 0, and for other bases. */
function numberOf(cell: string): number {
  const number = Number(cell);
  if (number === 0 && cell.trim() === '') return Number.NaN;
  const second = cell.charCodeAt(1) | 32;
  return second === 120 || second === 98 || second === 111 ? Number.NaN : number;
}

/** A cell for an error: a number or nothing as it is. Other text may be a secret. */
function describeCell(cell: string): string {
  const trimmed = cell.trim();
  return /^[-+\d.,:eE/ ]{0,30}$/.test(trimmed) || /^(NaN|Infinity)$/.test(trimmed) ? `'${trimmed}'` : 'text';
}
