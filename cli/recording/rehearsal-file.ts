import { InputError } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { type Plan, planErrors } from '../../src/plan/service-plan';
import type { Recording } from '../../src/recording/recording';
import type { Outcome, TimelineRow } from '../../src/run/outcome';
import type { Workload } from '../../src/workload/workload-parameters';

/** The numbers of a workload that a rehearsal measures, and its requests do not show. */
const MEASURED_FIELDS = ['startUpSeconds', 'stopSeconds'] as const;

/** Whether JSON is what `rehearse --json` prints. */
export function isRehearsalJson(value: unknown): value is JsonObject {
  return isJsonObject(value) && isJsonObject(value['rehearsal']) && isJsonObject(value['plan']);
}

/**
 * The recording of a rehearsal, from what `rehearse --json` prints.
 *
 * @param name the name of the file in errors.
 */
export function rehearsalRecording(value: JsonObject, name: string): Recording {
  const { rehearsal, plan, workload, faults, speed, seed, behavior, startsAt } = value as unknown as RehearsalJson;
  if (!isOutcome(rehearsal))
    throw new InputError([`${name} must be the whole output of rehearse --json, got one without the rows of its timeline`]);
  if (!isPlan(plan)) throw new InputError([`${name} must be the whole output of rehearse --json, got one without a complete plan`]);
  return {
    plan,
    ignored: [],
    outcome: rehearsal,
    speed: typeof speed === 'number' && speed >= 1 ? speed : 1,
    workload: Object.fromEntries(MEASURED_FIELDS.flatMap((field) => (workload?.[field] === undefined ? [] : [[field, workload[field]]]))),
    faults: Array.isArray(faults) ? faults : [],
    ...(behavior && { behavior }),
    ...(seed !== undefined && { seed }),
    ...(startsAt && { startsAt }),
    remarks: [...(rehearsal.shortfall === undefined ? [] : [rehearsal.shortfall]), ...lossRemarks(rehearsal)],
  };
}

/** A forecast has the faults of the scenario, and not what else was lost. */
function lossRemarks({ events }: Outcome): string[] {
  const lost = events.filter(({ kind }) => kind === 'task-lost').length;
  return lost === 0
    ? []
    : [
        `${lost === 1 ? 'a task was' : `${lost} times tasks were`} lost in the rehearsal: what no fault of the scenario explains is not in the forecast`,
      ];
}

interface RehearsalJson extends Pick<Recording, 'plan' | 'speed' | 'behavior' | 'seed' | 'faults' | 'startsAt'> {
  readonly rehearsal: Outcome & { readonly shortfall?: string };
  readonly workload?: Partial<Workload>;
}

/** Whether an outcome has what a comparison reads of it. */
function isOutcome({ timeline, activities, totals, events, notScaled }: Partial<Outcome>): boolean {
  return (
    Array.isArray(timeline) &&
    timeline.length > 0 &&
    timeline.every(isRow) &&
    [activities, events, notScaled].every(Array.isArray) &&
    activities!.every((activity) => isJsonObject(activity) && typeof activity.startSeconds === 'number') &&
    isJsonObject(totals)
  );
}

const ROW_FIELDS = [
  'atSeconds',
  'sentRequestsPerSecond',
  'servedRequestsPerSecond',
  'desiredCount',
  'runningCount',
  'healthyCount',
] as const;

function isRow(row: unknown): row is TimelineRow {
  return isJsonObject(row) && isJsonObject(row['failures']) && ROW_FIELDS.every((name) => Number.isFinite(row[name]));
}

function isPlan(plan: Plan): boolean {
  try {
    return planErrors(plan).length === 0;
  } catch {
    // a part is missing.
    return false;
  }
}
