import { Console } from '../output/console';
import { AwsCalls } from '../recording/aws-calls';
import { RECORDING_POLICY } from '../recording/iam-policy';
import { type FinishedRecording, recordService } from '../recording/record-service';
import { dateText, parsePastTime } from '../recording/recorded-time';
import { assertRecordingFolder } from '../recording/recording-folder';
import { parseServiceName } from '../recording/service-name';
import type { RecordArguments } from './record-options';

/** Records a service, and prints what was recorded. */
export async function recordCommand(args: RecordArguments, interrupted: Promise<never>): Promise<void> {
  if (args.isPolicyOnly) {
    process.stdout.write(`${JSON.stringify(RECORDING_POLICY, undefined, 2)}\n`);
    return;
  }
  const console = new Console(args.json);
  const { cluster, name } = parseServiceName(args.service!);
  const folder = args.directory ?? `recording-${cluster}-${name}`;
  console.print(`Recording ${cluster}/${name} …`);
  const { contents, resumedDays, periods, activities } = await recordInto(
    { ...args, service: args.service!, folder },
    console,
    interrupted,
  );
  const days = contents.days.length;
  console.printSection('Recorded', [
    `${dateText(Date.parse(contents.from) / 1000)} to ${dateText(Date.parse(contents.to) / 1000)}`,
    `${periods} periods of metrics${resumedDays === 0 ? '' : `, besides ${resumedDays} of ${days} days that were there`}, ${activities} scaling activities`,
    ...contents.remarks,
  ]);
  console.printSection('Written', [folder]);
  console.printSection('Next', [`npx ecs-rehearsal backtest --recording ${folder}`]);
  console.printResult({ ...contents, directory: folder, periods, activities, resumedDays });
}

/** What to record into a folder. */
export interface RecordingRequest extends Pick<RecordArguments, 'from' | 'to' | 'speed'> {
  readonly service: string;
  readonly folder: string;
}

/** Records into a folder, with progress. */
export async function recordInto(
  { service, from, to, speed, folder }: RecordingRequest,
  console: Console,
  interrupted: Promise<never>,
): Promise<FinishedRecording> {
  const serviceName = parseServiceName(service);
  const nowSeconds = Date.now() / 1000;
  const time = parsePastTime(from, to, nowSeconds);
  assertRecordingFolder('--directory', folder);
  const calls = new AwsCalls(serviceName.region);
  try {
    return await console.withDetailedProgress((onProgress) => {
      const onStep = (step: string): void => onProgress(() => ({ name: step }));
      return Promise.race([recordService(calls, { service: serviceName, time, nowSeconds, speed, folder, onStep }), interrupted]);
    });
  } finally {
    calls.stop();
  }
}
