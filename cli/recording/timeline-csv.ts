import { InputError } from '../../src/parse/input-error';
import type { Plan } from '../../src/plan/service-plan';
import { observedTotalsOfRows } from '../../src/recording/observed-totals';
import { activitiesOfCounts } from '../../src/recording/recorded-activities';
import { FAILURE_KINDS, type FailureKind, failuresByKind } from '../../src/run/failures';
import type { Outcome, TimelineRow } from '../../src/run/outcome';
import { splitCells } from '../../src/traffic/recorded/cells';

/** The columns that a timeline has in CSV. */
const NEEDED = ['run', 'atSeconds', 'sentRequestsPerSecond', 'servedRequestsPerSecond', 'desiredCount', 'runningCount', 'healthyCount'];

/** Whether a text is a timeline that a command has written with `--csv`. */
export function isTimelineCsv(text: string): boolean {
  return text.startsWith('run,atSeconds,');
}

/** Reads the outcome of the first run of a timeline in CSV: that of a rehearsal is before its forecast. */
export function readTimelineCsv(text: string, name: string, { policy }: Plan): Outcome {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const names = splitCells(header, ',');
  const missing = NEEDED.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new InputError([`${name} must have the columns of rehearse --csv, and has no ${missing[0]}`]);
  const rows = lines.filter((line) => line !== '').map((line) => splitCells(line, ','));
  const timeline = rows.filter(([run]) => run === rows[0]![0]).map((cells, index) => rowOf(names, cells, `${name} line ${index + 2}`));
  if (timeline.length === 0) throw new InputError([`${name} must have at least one row, got none`]);
  return {
    kind: 'observed',
    timeline,
    activities: activitiesOfCounts(timeline),
    notScaled: [],
    events: [],
    totals: observedTotalsOfRows(timeline, policy),
  };
}

function rowOf(names: readonly string[], cells: readonly string[], place: string): TimelineRow {
  const numbers = Object.fromEntries(
    names.flatMap((column, index) => {
      const cell = cells[index] ?? '';
      return column === 'run' || cell === '' ? [] : [[column, Number(cell)] as const];
    }),
  );
  const needed = NEEDED.slice(1).find((column) => !Number.isFinite(numbers[column]));
  if (needed !== undefined) throw new InputError([`${place}: ${needed} must be a number`]);
  const failures = failuresByKind((kind: FailureKind) => numbers[kind] ?? 0);
  const row = Object.fromEntries(Object.entries(numbers).filter(([column]) => !(FAILURE_KINDS as readonly string[]).includes(column)));
  return { failedRequests: 0, ...row, failures, failedRequestsPerSecond: 0 } as unknown as TimelineRow;
}
