import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsObject } from '../../emulation/front/aws-call';
import { InputError } from '../../src/parse/input-error';
import { METRIC_COLUMNS, type MetricColumn, type RecordedPeriod } from '../../src/recording/recorded-period';
import type { AwsCalls, MetricQuery } from './aws-calls';
import { type MetricSeries, periodsOfSeries } from './exported-metrics';
import { writePeriods } from './period-table';
import { findService, type RecordedResources, readResources, resourceIdOf } from './recorded-resources';
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
import type { ServiceName } from './service-name';

/** What is recorded, and where. */
export interface RecordingTask {
  readonly service: ServiceName;
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
  /** How many days had been recorded before. */
  readonly resumedDays: number;
  readonly periods: number;
  readonly activities: number;
}

/**
 * Records what AWS has of a service. Days that the folder has are not read again, so that an interrupted recording goes on where it ended, and one that is
 * repeated each week grows.
 *
 * @throws InputError if there is no such service, AWS refuses a call, or the folder has the recording of another service.
 */
export async function recordService(calls: AwsCalls, task: RecordingTask): Promise<FinishedRecording> {
  const { service: name, folder, speed, onStep, nowSeconds, time } = task;
  onStep('reading the service');
  const found = await findService(calls, name);
  const region = await calls.region();
  if (found === undefined) throw new InputError([`there is no service ${name.name} in the cluster ${name.cluster} in ${region}`]);
  const before = hasRecording(folder) ? readContents('--directory', folder) : undefined;
  assertSame(before, String(found.service['serviceArn']), speed);
  mkdirSync(join(folder, RECORDING_FILES.metrics), { recursive: true });
  const resources = await readResources(calls, found);
  writeRecordingFile(join(folder, RECORDING_FILES.resources), `${JSON.stringify(resources, undefined, 2)}\n`);
  const days = daysOf(time, nowSeconds, speed);
  const contents: RecordingContents = {
    format: 1,
    service: String(found.service['serviceArn']),
    region,
    speed,
    from: isoOf(days[0]?.fromSeconds ?? time.fromSeconds),
    to: isoOf(days.at(-1)?.untilSeconds ?? time.untilSeconds),
    days: before?.days ?? [],
    remarks: retentionRemarks(time, days, nowSeconds),
    isComplete: false,
  };
  const recorded = await recordDays(calls, task, resources, { contents, days });
  onStep('reading the scaling activities');
  const activities = await recordActivities(calls, folder, resourceIdOf(found.service), onStep);
  const complete = { ...recorded.contents, isComplete: true };
  writeContents(folder, complete);
  return { contents: complete, resumedDays: recorded.resumedDays, periods: recorded.periods, activities };
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
  const queries = queriesOf(resources);
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
    const values = await calls.metricData(
      queries.map(({ query }) => query),
      whole,
    );
    const series = values.map(({ times, values: each }, at): MetricSeries => ({ field: queries[at]!.field, times, values: each }));
    const read: readonly RecordedPeriod[] = periodsOfSeries(series, day.periodSeconds);
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

/** The queries of the metrics of a service, each with the field that its values are those of. */
function queriesOf({
  service,
  targetGroups,
  loadBalancers,
}: RecordedResources): { readonly field: MetricColumn['field']; readonly query: MetricQuery }[] {
  const balancerName = (arn: unknown): string => String(arn).split(':loadbalancer/').at(-1)!;
  const ofService = { ClusterName: String(service['clusterArn']).split('/').at(-1)!, ServiceName: String(service['serviceName']) };
  const ofGroups = targetGroups.flatMap(({ described }) => {
    const [balancer] = Array.isArray(described['LoadBalancerArns']) ? described['LoadBalancerArns'] : [];
    const TargetGroup = String(described['TargetGroupArn']).split(':').at(-1)!;
    return balancer === undefined ? [] : [{ LoadBalancer: balancerName(balancer), TargetGroup }];
  });
  const ofBalancers = loadBalancers.map(({ described }) => ({ LoadBalancer: balancerName(described['LoadBalancerArn']) }));
  const places: Readonly<Record<MetricColumn['dimensions'], readonly Readonly<Record<string, string>>[]>> = {
    service: [ofService],
    'target group': ofGroups,
    'load balancer': ofBalancers,
  };
  return METRIC_COLUMNS.flatMap(({ field, namespace, metricName, statistic, dimensions }) =>
    places[dimensions].map((values) => ({ field, query: { namespace, metricName, statistic, dimensions: values } })),
  );
}

async function recordActivities(calls: AwsCalls, folder: string, resourceId: string, onStep: (name: string) => void): Promise<number> {
  const path = join(folder, RECORDING_FILES.activities);
  const read = await calls.scalingActivities(resourceId, (count) => onStep(`reading the scaling activities, ${count} so far`));
  const activities = read.map((activity) => JSON.parse(JSON.stringify(activity)) as AwsObject);
  const known = new Map(knownActivities(path).map((activity) => [activity['ActivityId'], activity]));
  for (const { Details: _, ...activity } of activities) known.set(activity['ActivityId'], activity);
  const sorted = [...known.values()].sort((one, other) => (String(one['StartTime']) < String(other['StartTime']) ? -1 : 1));
  writeRecordingFile(path, sorted.map((activity) => `${JSON.stringify(activity)}\n`).join(''));
  return sorted.length;
}

function knownActivities(path: string): readonly AwsObject[] {
  return (readActivityLines('--directory', path) ?? []) as readonly AwsObject[];
}

function writeContents(folder: string, contents: RecordingContents): void {
  writeRecordingFile(join(folder, RECORDING_FILES.contents), `${JSON.stringify(contents, undefined, 2)}\n`);
}

function isoOf(seconds: number): string {
  return new Date(1000 * seconds).toISOString();
}
