import { type LiveServiceChoice, parseServiceAddress } from '../live-service/service-address';
import { Console } from '../output/console';
import type { FinishedRecording } from '../recording/record-service';
import { dateText, parsePastTime } from '../recording/recorded-time';
import { assertRecordingFolder } from '../recording/recording-folder';
import type { RecordArguments } from './record-options';

/** Records a service, and prints what was recorded. */
export async function recordCommand(args: RecordArguments, interrupted: Promise<never>): Promise<void> {
  const console = new Console(args.json);
  const folder = args.directory ?? defaultFolder(args);
  console.print(`Recording ${args.service} …`);
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

/** The folder of a service without `--directory`. */
export function defaultFolder(choice: LiveServiceChoice): string {
  const { clusterName, name } = parseServiceAddress(choice);
  return `recording-${clusterName}-${name}`;
}

/** What to record into a folder. */
export interface RecordingRequest extends LiveServiceChoice, Pick<RecordArguments, 'from' | 'to' | 'speed'> {
  readonly folder: string;
}

/** Records into a folder, with progress. */
export async function recordInto(request: RecordingRequest, console: Console, interrupted: Promise<never>): Promise<FinishedRecording> {
  const { from, to, speed, folder, service, region, profile } = request;
  const nowSeconds = Date.now() / 1000;
  const time = parsePastTime(from, to, nowSeconds);
  assertRecordingFolder('--directory', folder);
  // the AWS SDK is loaded when it is needed.
  const { recordService } = await import('../recording/record-service');
  return console.withDetailedProgress((onProgress) => {
    const onStep = (step: string): void => onProgress(() => ({ name: step }));
    return Promise.race([recordService({ service, region, profile }, { time, nowSeconds, speed, folder, onStep }), interrupted]);
  });
}
