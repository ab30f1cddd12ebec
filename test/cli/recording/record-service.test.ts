import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AwsAction } from '../../../cli/live-service/aws-actions';
import type { CallInput } from '../../../cli/live-service/aws-calls';
import { readRecording } from '../../../cli/recording/read-recording';
import { type FinishedRecording, recordThrough } from '../../../cli/recording/record-service';
import { InputError } from '../../../src/parse/input-error';
import type { Section } from '../../../src/plan/template/template-value';
import { ANSWERS as ANSWERS_OF_SERVICE, RecordedCalls, TASK_DEFINITION } from '../live-service/recorded-calls';

/** 2026-11-30T12:00Z. */
const NOW = 1_796_040_000;
const DAY = 86_400;
const SECRET = 'hunter2';
const ADDRESS = { clusterName: 'shop', name: 'web' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'record-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** AWS with metrics and activities: two pages of both, and no answer after some calls. */
class RecordedMetrics extends RecordedCalls {
  public constructor(
    answers: ConstructorParameters<typeof RecordedCalls>[0],
    private readonly metricCalls = Number.POSITIVE_INFINITY,
  ) {
    super(answers);
  }

  public override async call(action: AwsAction, input: CallInput): Promise<Section> {
    if (action !== 'cloudwatch:GetMetricData') return super.call(action, input);
    if (input['NextToken'] === undefined && this.days >= this.metricCalls) throw new InputError(['AWS cannot be reached']);
    this.made.push({ action, input });
    const start = (input['StartTime'] as Date).getTime();
    const [first, second] = [start, start + 60_000].map((millis) => new Date(millis).toISOString());
    const page = (time: string, value: number): Section => ({ MetricDataResults: [{ Id: 'm0', Timestamps: [time], Values: [value] }] });
    return input['NextToken'] === undefined ? { ...page(first!, 600), NextToken: 'more' } : page(second!, 1200);
  }

  public get days(): number {
    return this.made.filter(({ action, input }) => action === 'cloudwatch:GetMetricData' && input['NextToken'] === undefined).length;
  }
}

function activities(...ids: string[]): Section {
  return {
    ScalingActivities: ids.map((ActivityId) => ({
      ActivityId,
      StartTime: `2026-11-2${ActivityId}T10:00:00.000Z`,
      Description: 'Setting desired count to 3.',
    })),
  };
}

const ANSWERS = { ...ANSWERS_OF_SERVICE, 'application-autoscaling:DescribeScalingActivities': activities('9', '8') };

function record(calls: RecordedMetrics, days: number): Promise<FinishedRecording> {
  const time = { fromSeconds: NOW - days * DAY, untilSeconds: NOW };
  return recordThrough(calls, ADDRESS, { time, nowSeconds: NOW, speed: 1, folder, onStep: () => {} });
}

function recorded(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

describe('a recording', () => {
  test('has a file a day with all pages, and the activities in their order', async () => {
    const { periods, activities: count, contents } = await record(new RecordedMetrics(ANSWERS), 2);
    expect([periods, count, contents.isComplete]).toEqual([6, 2, true]);
    expect(readdirSync(join(folder, 'metrics'))).toEqual(['2026-11-28.csv', '2026-11-29.csv', '2026-11-30.csv']);
    expect(recorded('metrics/2026-11-29.csv').split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^2026-11-29T00:00:00.000Z,60,600,/),
      expect.stringMatching(/^2026-11-29T00:01:00.000Z,60,1200,/),
    ]);
    expect(recorded('activities.jsonl').match(/"ActivityId":"\d"/g)).toEqual(['"ActivityId":"8"', '"ActivityId":"9"']);
  });

  test('that was interrupted goes on where it ended', async () => {
    await expect(record(new RecordedMetrics(ANSWERS, 2), 4)).rejects.toThrow('AWS cannot be reached');
    expect(JSON.parse(recorded('recording.json'))).toMatchObject({
      isComplete: false,
      days: [{ file: '2026-11-26.csv' }, { file: '2026-11-27.csv' }],
    });
    const calls = new RecordedMetrics(ANSWERS);
    const { resumedDays } = await record(calls, 4);
    expect([resumedDays, calls.days]).toEqual([2, 3]);
    expect(JSON.parse(recorded('recording.json'))).toMatchObject({ isComplete: true });
    expect(readdirSync(join(folder, 'metrics'))).toHaveLength(5);
  });

  test('that is repeated later has the earlier activities too, and reads only what is new', async () => {
    await record(new RecordedMetrics(ANSWERS), 1);
    const calls = new RecordedMetrics({ ...ANSWERS, 'application-autoscaling:DescribeScalingActivities': activities('9') });
    expect((await record(calls, 1)).activities).toBe(2);
    expect(calls.days).toBe(0);
  });

  test('that is repeated later is of all the time that its days have without a gap', async () => {
    await record(new RecordedMetrics(ANSWERS), 4);
    const { contents, time } = await record(new RecordedMetrics(ANSWERS), 1);
    expect([contents.from, contents.to]).toEqual(['2026-11-26T12:00:00.000Z', '2026-11-30T12:00:00.000Z']);
    expect(time).toEqual({ fromSeconds: NOW - DAY, untilSeconds: NOW });
    const givenPlan = { read: () => Promise.reject(new Error('the folder has a plan')) };
    const secondsOf = async (part?: typeof time) =>
      (await readRecording('--recording', folder, givenPlan, part)).outcome.timeline.at(-1)!.atSeconds;
    expect(await secondsOf()).toBe(3.5 * DAY + 120);
    // the first minutes of the last day.
    expect(await secondsOf(time)).toBe(120);
  });

  test('that is repeated after a gap is of the time since then', async () => {
    const old = { fromSeconds: NOW - 9 * DAY, untilSeconds: NOW - 8 * DAY };
    await recordThrough(new RecordedMetrics(ANSWERS), ADDRESS, { time: old, nowSeconds: NOW, speed: 1, folder, onStep: () => {} });
    const { contents } = await record(new RecordedMetrics(ANSWERS), 2);
    expect([contents.from, contents.days.length]).toEqual(['2026-11-28T12:00:00.000Z', 5]);
  });

  test('has none of what may be secret in a task definition', async () => {
    const container = {
      name: 'app',
      image: 'shop:1',
      environment: [{ name: 'PASSWORD', value: SECRET }],
      secrets: [{ name: 'KEY', valueFrom: SECRET }],
      command: [`--token=${SECRET}`],
      entryPoint: [SECRET],
      dockerLabels: { token: SECRET },
      logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': SECRET } },
      healthCheck: { command: ['CMD', 'curl', `http://localhost/?token=${SECRET}`], interval: 5 },
    };
    const taskDefinition = { ...TASK_DEFINITION, containerDefinitions: [container], tags: [{ key: 'token', value: SECRET }] };
    await record(new RecordedMetrics({ ...ANSWERS, 'ecs:DescribeTaskDefinition': { taskDefinition } }), 1);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(5);
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(SECRET);
    expect(JSON.parse(recorded('resources.json')).taskDefinition.containerDefinitions[0].healthCheck.interval).toBe(5);
  });

  test('has the rules of a listener without their conditions, which may compare a header with a secret', async () => {
    const [rule] = ANSWERS_OF_SERVICE['elasticloadbalancing:DescribeRules']!['Rules'] as Section[];
    const fromCdn = { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: [SECRET] } };
    const Rules = [{ ...rule!, IsDefault: false, Priority: '1', Conditions: [fromCdn], Transforms: [{ Type: SECRET }] }];
    await record(new RecordedMetrics({ ...ANSWERS, 'elasticloadbalancing:DescribeRules': { Rules } }), 1);
    expect(recorded('resources.json')).not.toContain(SECRET);
    const { listeners } = JSON.parse(recorded('resources.json'));
    expect(listeners[0].rules).toEqual([{ RuleArn: rule!['RuleArn'], IsDefault: false, Priority: '1', Actions: rule!['Actions'] }]);
  });

  test('of another service is not written into the same folder', async () => {
    await record(new RecordedMetrics(ANSWERS), 1);
    const other = { services: [{ ...(ANSWERS_OF_SERVICE['ecs:DescribeServices']!['services'] as Section[])[0], serviceArn: 'arn:other' }] };
    await expect(record(new RecordedMetrics({ ...ANSWERS, 'ecs:DescribeServices': other }), 1)).rejects.toThrow(
      '--directory must be one for each service',
    );
  });
});
