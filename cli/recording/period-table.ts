import { InputError } from '../../src/parse/input-error';
import {
  columnName,
  columnOf,
  combinedValue,
  METRIC_COLUMNS,
  type PeriodField,
  type RecordedPeriod,
} from '../../src/recording/recorded-period';
import { splitCells } from '../../src/traffic/recorded/cells';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';
import { fieldOfLabel } from './metric-labels';

const TIME = 'time';
const SECONDS = 'seconds';

/** A longer line is not one of metrics. */
const MAX_LINE_CHARACTERS = 10_000;

/** Periods as CSV: their start, their length in seconds, and a column for each metric. */
export function writePeriods(periods: readonly RecordedPeriod[]): string {
  const header = [TIME, SECONDS, ...METRIC_COLUMNS.map(columnName)].join(',');
  const lines = periods.map((period) => {
    const time = new Date(1000 * period.startsAtSeconds).toISOString();
    return [time, period.periodSeconds, ...METRIC_COLUMNS.map(({ field }) => cellOf(period[field]))].join(',');
  });
  return [header, ...lines, ''].join('\n');
}

function cellOf(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(9)));
}

/**
 * Reads periods from CSV with a header: a column with the time, and columns with the names of metrics.
 *
 * @param name the name of the file in errors.
 */
export function readPeriods(text: string, name: string): RecordedPeriod[] {
  const table = new PeriodTable(name);
  let lineNumber = 0;
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf('\n', from);
    const to = next < 0 ? text.length : next;
    lineNumber += 1;
    if (to - from > MAX_LINE_CHARACTERS)
      throw new InputError([`${name} line ${lineNumber}: a line of metrics must be short, got one of ${to - from} characters`]);
    const line = text.slice(from, to).trim();
    if (line !== '') table.addLine(line, lineNumber);
    from = to + 1;
  }
  return table.periods();
}

interface Columns {
  readonly time: number;
  readonly seconds: number;
  readonly fields: readonly (readonly [number, PeriodField])[];
}

/** A table of metrics, line by line. */
class PeriodTable {
  private columns?: Columns;
  private readonly rows: { readonly atSeconds: number; readonly seconds: number; readonly values: Partial<Record<PeriodField, number>> }[] =
    [];

  public constructor(private readonly name: string) {}

  public addLine(line: string, lineNumber: number): void {
    const cells = splitCells(line, ',').map((cell) => cell.trim());
    if (this.columns === undefined) {
      this.columns = this.columnsOf(cells);
      return;
    }
    const { time, seconds, fields } = this.columns;
    const atSeconds = timeOf(cells[time] ?? '');
    if (!Number.isFinite(atSeconds))
      throw new InputError([`${this.name} line ${lineNumber}: the time must be a date such as 2026-11-28T10:00:00Z`]);
    const values: Partial<Record<PeriodField, number>> = {};
    for (const [index, field] of fields) {
      const cell = cells[index] ?? '';
      if (cell === '') continue;
      const value = Number(cell);
      if (!Number.isFinite(value) || value < 0)
        throw new InputError([`${this.name} line ${lineNumber}: ${field} must be a number of at least 0`]);
      values[field] = combinedValue(field, values[field], value);
    }
    this.rows.push({ atSeconds, seconds: Number(cells[seconds] ?? 0), values });
  }

  public periods(): RecordedPeriod[] {
    const usual = usualPeriodSeconds(this.rows.map(({ atSeconds }) => atSeconds));
    return this.rows.map(({ atSeconds, seconds, values }) => ({
      startsAtSeconds: atSeconds,
      periodSeconds: seconds > 0 ? seconds : usual,
      ...values,
    }));
  }

  private columnsOf(cells: readonly string[]): Columns {
    const time = cells.findIndex((cell) => /^(time|timestamp|date|@timestamp|label)$/i.test(cell));
    const fields = cells.flatMap((cell, index) => {
      const field = index === time ? undefined : fieldOfLabel(cell);
      return field === undefined ? [] : [[index, field] as const];
    });
    if (time < 0 || fields.length === 0)
      throw new InputError([`${this.name} must have a header with time and metrics such as '${TIME},RequestCount,CPUUtilization'`]);
    const names = fields.map(([, field]) => field);
    const twice = names.find((field, index) => columnOf(field).dimensions === 'service' && names.indexOf(field) !== index);
    if (twice !== undefined) throw new InputError([`${this.name} must have one column of ${columnName(columnOf(twice))}, got several`]);
    return { time, seconds: cells.indexOf(SECONDS), fields };
  }
}

function timeOf(cell: string): number {
  const number = Number(cell);
  return cell !== '' && Number.isFinite(number) ? number : parseTimeSeconds(cell);
}

/** The most frequent time between two rows: a minute where there is only one. */
export function usualPeriodSeconds(times: readonly number[]): number {
  const sorted = [...new Set(times)].sort((one, other) => one - other);
  const counts = new Map<number, number>();
  for (const [index, time] of sorted.slice(1).entries()) {
    const seconds = Math.round(1000 * (time - sorted[index]!)) / 1000;
    counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
  }
  const [usual] = [...counts].sort(([one, count], [other, otherCount]) => otherCount - count || one - other);
  return usual?.[0] ?? 60;
}
