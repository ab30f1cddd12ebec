import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { isJsonObject } from '../../src/parse/json-fields';
import { sharedTimeZone } from '../../src/plan/schedule';
import type { ParsedPlan, Plan } from '../../src/plan/service-plan';
import { observedOutcome } from '../../src/recording/observed-outcome';
import type { RecordedPeriod } from '../../src/recording/recorded-period';
import type { Recording } from '../../src/recording/recording';
import { type CalendarTime, calendarTimeOf } from '../../src/time/calendar';
import { localMinuteAt } from '../../src/time/time-zone';
import { fileName, readInputFile } from '../input/input-file';
import { throwIfDeep } from '../input/text-depth';
import { assertOneService, type MetricSeries, periodsOfSeries, readMetricData } from './exported-metrics';
import { readPeriods } from './period-table';
import { planChangeRemarks, recordedPlan } from './recorded-plan';
import type { RecordedResources } from './recorded-resources';
import type { PastTime } from './recorded-time';
import { RECORDING_FILES, readActivityLines, readContents, readJsonFile } from './recording-folder';
import { isRehearsalJson, rehearsalRecording } from './rehearsal-file';
import { isTimelineCsv, readTimelineCsv } from './timeline-csv';

const MAX_MEBIBYTES = 64;

/** Reads the plan of the service, where the recording does not have it. */
export interface GivenPlan {
  /** The option that gives it. */
  readonly option?: string;
  readonly read: () => Promise<ParsedPlan>;
}

/**
 * Reads a recording: a folder that `record` has written, or what `rehearse --json` prints or `rehearse --csv` writes.
 *
 * @param time the part of a folder that is read; all of it without.
 */
export async function readRecording(option: string, path: string, given: GivenPlan, time?: PastTime): Promise<Recording> {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  if (isFolder) throwIfGiven(given, option);
  if (isFolder) return folderRecording(option, path, time);
  const text = readInputFile(option, path, MAX_MEBIBYTES);
  const name = fileName(path);
  const value = jsonOf(text, option, name);
  const isRehearsal = isRehearsalJson(value);
  if (isRehearsal) throwIfGiven(given, option);
  if (isRehearsal) return rehearsalRecording(value, name);
  if (value === undefined && looksLikeJson(text))
    throw new InputError([
      `${option} must be complete JSON, got '${name}', which breaks off or is damaged: write it again with rehearse --json`,
    ]);
  if (value === undefined && isTimelineCsv(text)) return csvRecording(text, name, await given.read());
  throw new InputError([
    `${option} must be a folder of record, or what rehearse --json or rehearse --csv writes, got '${name}': give metrics of CloudWatch with --metrics`,
  ]);
}

/** The plan of a recording is that which was in force: another one would be passed over without a word. */
function throwIfGiven({ option: planOption }: GivenPlan, option: string): void {
  if (planOption !== undefined)
    throw new InputError([
      `${planOption} must not go with ${option}, which has the plan that was in force: leave it out, and see what another plan would have done with --set`,
    ]);
}

function csvRecording(text: string, name: string, { plan, ignored }: ParsedPlan): Recording {
  return {
    plan,
    ignored,
    outcome: readTimelineCsv(text, name, plan),
    speed: 1,
    remarks: ['a CSV file has no activities and no speed: activities are read from the desired count of each minute'],
  };
}

function folderRecording(option: string, folder: string, time?: PastTime): Recording {
  const contents = readContents(option, folder);
  const resourcesPath = join(folder, RECORDING_FILES.resources);
  const missing = contents.days.map(({ file }) => join(RECORDING_FILES.metrics, file)).filter((file) => !existsSync(join(folder, file)));
  throwIfAny([
    ...(existsSync(resourcesPath) ? [] : [`${option} must have the file ${RECORDING_FILES.resources}: run record again`]),
    ...(missing.length === 0
      ? []
      : [`${option} must have the file ${missing[0]}${missing.length === 1 ? '' : ` and ${missing.length - 1} more`}: run record again`]),
  ]);
  const resources = readJsonFile(option, resourcesPath) as unknown as RecordedResources;
  if (!hasResources(resources))
    throw new InputError([`${RECORDING_FILES.resources} must have the service, its task definition and its scaling: run record again`]);
  const { plan, ignored } = recordedPlan(resources);
  const all = { fromSeconds: Date.parse(contents.from) / 1000, untilSeconds: Date.parse(contents.to) / 1000 };
  const { fromSeconds, untilSeconds } = time ?? all;
  const periods = contents.days
    .flatMap(({ file }) => readPeriods(readInputFile(option, join(folder, RECORDING_FILES.metrics, file), MAX_MEBIBYTES), file))
    .filter(({ startsAtSeconds }) => startsAtSeconds >= fromSeconds && startsAtSeconds < untilSeconds);
  const activities = readActivityLines(option, join(folder, RECORDING_FILES.activities));
  const recording = recordingOf({ plan, ignored }, { periods, activities, speed: contents.speed });
  return {
    ...recording,
    remarks: [
      ...(contents.isComplete ? [] : ['the recording was interrupted: run record again to complete it']),
      ...contents.remarks,
      ...recording.remarks,
      ...planChangeRemarks(resources, { fromSeconds, untilSeconds }),
    ],
  };
}

function hasResources({
  service,
  taskDefinition,
  clusterName,
  targetGroups,
  loadBalancers,
  listeners,
  ...others
}: RecordedResources): boolean {
  const { scalableTargets, scalingPolicies, scheduledActions, alarms, trackingAlarms } = others;
  const lists = [targetGroups, loadBalancers, listeners, scalableTargets, scalingPolicies, scheduledActions, alarms, trackingAlarms];
  return typeof clusterName === 'string' && isJsonObject(service) && isJsonObject(taskDefinition) && lists.every(Array.isArray);
}

/** Files that were exported from CloudWatch and Application Auto Scaling. */
export interface ExportedFiles {
  readonly metrics: readonly string[];
  readonly activities?: string;
  readonly speed: number;
}

/** Reads the recording of exported files, with the plan of a template. */
export function exportedRecording({ metrics, activities, speed }: ExportedFiles, plan: ParsedPlan): Recording {
  const series = metrics.flatMap((path): MetricSeries[] => {
    const text = readInputFile('--metrics', path, MAX_MEBIBYTES);
    const value = jsonOf(text, '--metrics', fileName(path));
    if (isJsonObject(value)) return readMetricData(value, fileName(path));
    if (value === undefined && looksLikeJson(text))
      throw new InputError([
        `--metrics must be complete JSON, got '${fileName(path)}', which breaks off or is damaged: write it again with aws cloudwatch get-metric-data`,
      ]);
    return seriesOf(readPeriods(text, fileName(path)));
  });
  assertOneService(series);
  const described = activities === undefined ? undefined : readActivitiesFile(activities);
  return recordingOf(plan, { periods: periodsOfSeries(series), activities: described, speed });
}

/** The columns of a table of metrics. */
function seriesOf(periods: readonly RecordedPeriod[]): MetricSeries[] {
  const fields = [
    ...new Set(periods.flatMap(({ startsAtSeconds: _, periodSeconds: __, ...values }) => Object.keys(values))),
  ] as MetricSeries['field'][];
  return fields.map((field) => {
    const known = periods.filter((period) => period[field] !== undefined);
    return { field, times: known.map(({ startsAtSeconds }) => startsAtSeconds), values: known.map((period) => period[field]!) };
  });
}

/** What `aws application-autoscaling describe-scaling-activities` prints, or one activity a line. */
function readActivitiesFile(path: string): readonly unknown[] {
  const value = jsonOf(readInputFile('--activities', path, MAX_MEBIBYTES), '--activities', fileName(path));
  if (isJsonObject(value) && Array.isArray(value['ScalingActivities'])) return value['ScalingActivities'];
  if (Array.isArray(value)) return value;
  if (value === undefined) return readActivityLines('--activities', path) ?? [];
  throw new InputError([
    `--activities must be what aws application-autoscaling describe-scaling-activities prints, got '${fileName(path)}'`,
  ]);
}

interface Reported {
  readonly periods: readonly RecordedPeriod[];
  readonly activities: readonly unknown[] | undefined;
  readonly speed: number;
}

function recordingOf({ plan, ignored }: ParsedPlan, { periods, activities, speed }: Reported): Recording {
  const { outcome, startsAtSeconds, remarks } = observedOutcome({ plan, periods, activities, speed });
  return { plan, ignored, outcome, speed, startsAt: startOf(plan, startsAtSeconds), remarks };
}

/** The start in the time zone of the scheduled actions, or else in UTC. */
function startOf({ policy }: Plan, seconds: number): CalendarTime {
  return calendarTimeOf(localMinuteAt(Math.floor(seconds / 60), sharedTimeZone(policy.scheduledActions)));
}

/** Whether text is meant to be JSON, also if it is damaged. */
function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** The value of JSON text; undefined for other text. */
function jsonOf(text: string, option: string, name: string): unknown {
  throwIfDeep(text, option, `'${name}'`);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
