import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import { scaledResourceId } from '../../src/plan/described/service-description';
import type { Section } from '../../src/plan/template/template-value';
import { type AwsCalls, SdkCalls } from '../live-service/aws-calls';
import { describeService } from '../live-service/describe-service';
import { type LiveServiceChoice, parseServiceAddress, type ServiceAddress } from '../live-service/service-address';
import { periodsOfSeries } from './exported-metrics';
import { writePeriods } from './period-table';
import { allPages, metricQueries, readMetrics } from './recorded-metrics';
import { type RecordedResources, resourcesToRecord } from './recorded-resources';
import { daysOf, type PastTime, type RecordedPart, retentionRemarks } from './recorded-time';
import {
  hasRecording,
  RECORDING_FILES,
  type RecordedDay,
  type RecordingContents,
  readActivityLines,
  readContents,
  writeRecordingFile,
} from './recording-folder';

/** What is recorded, and where. */
export interface RecordingTask {
  readonly time: PastTime;
  readonly nowSeconds: number;
  readonly speed: number;
  readonly folder: string;
  /** Gets what is being read. */
  readonly onStep: (name: string) => void;
}

/** A finished recording. */
export interface FinishedRecording {
  readonly contents: RecordingContents;
  /** The time that was asked for, which may be a part of what the folder has. */
  readonly time: PastTime;
  /** How many days had been recorded before. */
  readonly resumedDays: number;
  readonly periods: number;
  readonly activities: number;
}

/** A call that is throttled is repeated this often: a recording of weeks has hundreds of calls. */
const MAX_ATTEMPTS = '8';

/** Records a service that runs at AWS, or at the endpoint of AWS_ENDPOINT_URL. */
export async function recordService(choice: LiveServiceChoice, task: RecordingTask): Promise<FinishedRecording> {
  const address = parseServiceAddress(choice);
  process.env['AWS_MAX_ATTEMPTS'] ??= MAX_ATTEMPTS;
  const calls = await SdkCalls.open({ ...choice, region: address.region });
  try {
    return await recordThrough(calls, address, task);
  } finally {
    calls.stop();
  }
}

/**
 * Records what AWS has of a service. Days that the folder has are not read again, so that an interrupted recording goes on where it ended, and one that is
 * repeated each week grows.
 *
 * @throws InputError if there is no such service, AWS refuses a call, or the folder has the recording of another service.
 */
export async function recordThrough(calls: AwsCalls, address: ServiceAddress, task: RecordingTask): Promise<FinishedRecording> {
  const { folder, speed, onStep, nowSeconds, time } = task;
  onStep('reading the service');
  const resources = await resourcesToRecord(calls, await describeService(calls, address));
  const arn = String(resources.service.serviceArn);
  const before = hasRecording(folder) ? readContents('--directory', folder) : undefined;
  assertSame(before, arn, speed);
  mkdirSync(join(folder, RECORDING_FILES.metrics), { recursive: true });
  writeRecordingFile(join(folder, RECORDING_FILES.resources), `${JSON.stringify(resources, undefined, 2)}\n`);
  const days = daysOf(time, nowSeconds, speed);
  const contents: RecordingContents = {
    format: 1,
    service: arn,
    region: calls.region,
    speed,
    from: isoOf(days[0]?.fromSeconds ?? time.fromSeconds),
    to: isoOf(days.at(-1)?.untilSeconds ?? time.untilSeconds),
    days: before?.days ?? [],
    remarks: retentionRemarks(time, days, nowSeconds),
    isComplete: false,
  };
  const recorded = await recordDays(calls, task, resources, { contents, days });
  onStep('reading the scaling activities');
  const activities = await recordActivities(calls, folder, scaledResourceId(address.clusterName, address.name), onStep);
  const requested = { fromSeconds: Date.parse(contents.from) / 1000, untilSeconds: Date.parse(contents.to) / 1000 };
  const whole = timeAround(requested, recorded.contents.days);
  const complete = { ...recorded.contents, from: isoOf(whole.fromSeconds), to: isoOf(whole.untilSeconds), isComplete: true };
  writeContents(folder, complete);
  return { contents: complete, time: requested, resumedDays: recorded.resumedDays, periods: recorded.periods, activities };
}

function assertSame(before: RecordingContents | undefined, arn: string, speed: number): void {
  if (before === undefined) return;
  if (before.service !== arn)
    throw new InputError([`--directory must be one for each service, got one with a recording of ${before.service}`]);
  if (before.speed !== speed)
    throw new InputError([`--speed must be that of the recording in the directory, ${before.speed}, got ${speed}`]);
}

interface Days {
  readonly contents: RecordingContents;
  readonly days: readonly RecordedPart[];
}

async function recordDays(
  calls: AwsCalls,
  { folder, onStep }: RecordingTask,
  resources: RecordedResources,
  { contents, days }: Days,
): Promise<{ readonly contents: RecordingContents; readonly resumedDays: number; readonly periods: number }> {
  const queries = metricQueries(resources);
  let current = contents;
  let [resumedDays, periods] = [0, 0];
  writeContents(folder, current);
  for (const [index, day] of days.entries()) {
    const file = `${isoOf(day.fromSeconds).slice(0, 10)}.csv`;
    const known = current.days.find((each) => each.file === file);
    if (known !== undefined && isCovered(known, day) && existsSync(join(folder, RECORDING_FILES.metrics, file))) {
      resumedDays += 1;
      continue;
    }
    onStep(`reading the metrics of ${file.slice(0, 10)}, day ${index + 1} of ${days.length}`);
    const whole = { ...day, ...unionOf(known, day) };
    const read = periodsOfSeries(await readMetrics(calls, queries, whole), day.periodSeconds);
    periods += read.length;
    writeRecordingFile(join(folder, RECORDING_FILES.metrics, file), writePeriods(read));
    const entry: RecordedDay = { file, from: isoOf(whole.fromSeconds), to: isoOf(whole.untilSeconds), periodSeconds: day.periodSeconds };
    const others = current.days.filter((each) => each.file !== file);
    current = { ...current, days: [...others, entry].sort((one, other) => (one.from < other.from ? -1 : 1)) };
    writeContents(folder, current);
  }
  return { contents: current, resumedDays, periods };
}

function isCovered({ from, to }: RecordedDay, { fromSeconds, untilSeconds }: PastTime): boolean {
  return from <= isoOf(fromSeconds) && to >= isoOf(untilSeconds);
}

function unionOf(known: RecordedDay | undefined, { fromSeconds, untilSeconds }: PastTime): PastTime {
  if (known === undefined) return { fromSeconds, untilSeconds };
  return {
    fromSeconds: Math.min(fromSeconds, Date.parse(known.from) / 1000),
    untilSeconds: Math.max(untilSeconds, Date.parse(known.to) / 1000),
  };
}

/** A time, with what was recorded before and after it without a gap. */
function timeAround({ fromSeconds, untilSeconds }: PastTime, days: readonly RecordedDay[]): PastTime {
  const times = days.map(({ from, to }) => ({ fromSeconds: Date.parse(from) / 1000, untilSeconds: Date.parse(to) / 1000 }));
  const touches = (one: PastTime, other: PastTime): boolean =>
    one.fromSeconds <= other.untilSeconds && other.fromSeconds <= one.untilSeconds;
  const joined = (before: PastTime, day: PastTime): PastTime =>
    touches(before, day)
      ? { fromSeconds: Math.min(before.fromSeconds, day.fromSeconds), untilSeconds: Math.max(before.untilSeconds, day.untilSeconds) }
      : before;
  return [...times].reverse().reduce(joined, times.reduce(joined, { fromSeconds, untilSeconds }));
}

async function recordActivities(calls: AwsCalls, folder: string, resourceId: string, onStep: (name: string) => void): Promise<number> {
  const path = join(folder, RECORDING_FILES.activities);
  const input = {
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: resourceId,
    IncludeNotScaledActivities: true,
  };
  const onPage = (count: number): void => onStep(`reading the scaling activities, ${count} so far`);
  const read = await allPages(calls, 'application-autoscaling:DescribeScalingActivities', input, 'ScalingActivities', onPage);
  const known = new Map(knownActivities(path).map((activity) => [activity.ActivityId, activity]));
  for (const { Details: _, ...activity } of read) known.set(activity.ActivityId, activity);
  const sorted = [...known.values()].sort((one, other) => (String(one.StartTime) < String(other.StartTime) ? -1 : 1));
  writeRecordingFile(path, sorted.map((activity) => `${JSON.stringify(activity)}\n`).join(''));
  return sorted.length;
}

function knownActivities(path: string): readonly Section[] {
  return (readActivityLines('--directory', path) ?? []) as readonly Section[];
}

function writeContents(folder: string, contents: RecordingContents): void {
  writeRecordingFile(join(folder, RECORDING_FILES.contents), `${JSON.stringify(contents, undefined, 2)}\n`);
}

function isoOf(seconds: number): string {
  return new Date(1000 * seconds).toISOString();
}
