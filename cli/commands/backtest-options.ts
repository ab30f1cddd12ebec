import type { Command } from 'commander';
import { throwIfAny } from '../../src/parse/input-error';
import { CHANGE_EXAMPLES, changeErrors } from '../input/set-option';
import type { TemplateChoice } from '../input/template-source';
import { namesLiveService } from '../live-service/service-address';
import { collectRepeated } from '../options/repeated-option';
import { addSeedsOption, addSourceOptions, type SeedsOption, seedsOf } from '../options/shared-options';
import { addReportFiles, type ReportFiles, reportFilesOf } from '../output/report-files';
import { addRecordedTimeOptions, DEFAULT_FROM, parseRecordedSpeed, type RecordedService } from './record-options';

/** Where the past is read from. */
export type PastSource =
  /** A folder of `record`, or a file of `rehearse`. */
  | { readonly kind: 'recording'; readonly path: string }
  /** A service on AWS, which is recorded first. */
  | ({ readonly kind: 'service' } & RecordedService)
  /** Files that were exported, with the plan of a template. */
  | { readonly kind: 'files'; readonly metrics: readonly string[]; readonly activities?: string };

/** The arguments of `backtest`. */
export interface BacktestArguments {
  readonly command: 'backtest';
  readonly past: PastSource;
  /** The template with the plan, where the recording has none. */
  readonly source: TemplateChoice;
  readonly speed: number;
  /** What `rehearse --json` or `rehearse --csv` has written of the same scenario. */
  readonly rehearsal?: string;
  readonly changes: readonly string[];
  readonly seeds?: number;
  readonly files: ReportFiles;
  readonly isTrustExpected: boolean;
  readonly json: boolean;
}

interface Options extends TemplateChoice, SeedsOption, ReportFiles {
  readonly recording?: string;
  readonly from?: string;
  readonly to?: string;
  readonly speed?: string;
  readonly directory?: string;
  readonly metrics?: readonly string[];
  readonly activities?: string;
  readonly rehearsal?: string;
  readonly set?: readonly string[];
  readonly expectTrust?: boolean;
  readonly json?: boolean;
}

const HELP = `
The workload is fitted to what was observed, and the same time is forecast with the plan that was in force. A second workload, fitted to the first half only, predicts the
second half: by how far that is off, the output says how far forecasts of this service can be trusted. --set then says what that time would have been with another plan.
Every source has the requests and the CPU of each minute, and the number of tasks. Scaling activities are retained for six weeks; without them they are read from the number of tasks.

Examples:
  $ npx ecs-rehearsal backtest --service shop/web --from 7d --html last-week.html
  $ npx ecs-rehearsal backtest --recording recording-shop-web --set targetCpuUtilizationPercent=50
  $ npx ecs-rehearsal backtest --metrics get-metric-data.json --activities scaling-activities.json --template cdk.out/Shop.template.json
  $ npx ecs-rehearsal backtest --recording recording-shop-web --rehearsal rehearsal.json --html three.html`;

/** Adds the command `backtest`. */
export function addBacktest(program: Command, onParsed: (parsed: BacktestArguments) => void): void {
  const command = addRecordedTimeOptions(addSourceOptions(program.command('backtest')));
  addReportFiles(addSeedsOption(command))
    .description('Compare what a service did with what a forecast would have said, and forecast the same time with another plan.')
    .option('--recording <path>', 'a folder of record, or what rehearse --json or rehearse --csv has written')
    .option('--directory <folder>', 'with --service CLUSTER/NAME, the folder to record into (default: recording-CLUSTER-NAME)')
    .option(
      '--metrics <file>',
      'what aws cloudwatch get-metric-data prints, or CSV with a column for each metric; repeatable',
      collectRepeated,
    )
    .option('--activities <file>', 'what aws application-autoscaling describe-scaling-activities prints')
    .option('--rehearsal <file>', 'what rehearse --json or rehearse --csv has written of the same scenario, to compare too')
    .option('--set <change>', `forecast the same time with a change, such as ${CHANGE_EXAMPLES}; repeatable`, collectRepeated)
    .option('--expect-trust', 'exit code 1 if forecasts of this service should not be trusted')
    .option('--json', 'print the result as JSON, and progress to stderr')
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(backtestArguments(options)));
}

function backtestArguments(options: Options): BacktestArguments {
  const past = pastSourceOf(options);
  return {
    command: 'backtest',
    past,
    source: past.kind === 'service' ? {} : options,
    speed: parseRecordedSpeed(options.speed),
    rehearsal: options.rehearsal,
    changes: options.set ?? [],
    seeds: seedsOf(options),
    files: reportFilesOf(options),
    isTrustExpected: options.expectTrust === true,
    json: options.json === true,
  };
}

function pastSourceOf(options: Options): PastSource {
  const { recording, metrics = [], activities, from = DEFAULT_FROM, to = 'now', directory } = options;
  const service = liveServiceOf(options);
  throwIfAny([...pastErrors(options), ...changeErrors(options.set ?? [])]);
  if (recording !== undefined) return { kind: 'recording', path: recording };
  if (service !== undefined) return { kind: 'service', service, region: options.region, profile: options.profile, from, to, directory };
  return { kind: 'files', metrics, activities };
}

/** `--service`, if it is a service on AWS and not a logical ID of the template. */
function liveServiceOf({ service, template, app }: Options): string | undefined {
  return template === undefined && app === undefined && namesLiveService(service) ? service : undefined;
}

function pastErrors(options: Options): string[] {
  const { recording, metrics, activities, from, to, directory } = options;
  const service = liveServiceOf(options);
  const pasts = Object.entries({ '--recording': recording, '--service': service, '--metrics': metrics });
  const given = pasts.flatMap(([option, value]) => (value === undefined ? [] : [option]));
  if (given.length === 0 && options.service !== undefined && options.template === undefined && options.app === undefined)
    return [`--service must be CLUSTER/NAME or an ARN, such as --service shop/web, got '${options.service}'`];
  if (given.length === 0)
    return ['a past must be given: --service CLUSTER/NAME, --recording with a folder of record, or --metrics with --template'];
  const hasTime = [from, to, directory].some((value) => value !== undefined);
  return [
    ...(given.length === 1 ? [] : [`one past must be given, got ${given.join(' and ')}`]),
    ...(activities === undefined || metrics !== undefined ? [] : ['--activities must go with --metrics']),
    ...(recording === undefined ? [] : recordingErrors(options)),
    ...(service !== undefined || !hasTime ? [] : ['--from, --to and --directory must go with --service CLUSTER/NAME']),
  ];
}

/** A recording says where it is from, and how fast time passed. */
function recordingErrors({ speed, region, profile }: Options): string[] {
  return Object.entries({ '--speed': speed, '--region': region, '--profile': profile }).flatMap(([option, value]) =>
    value === undefined ? [] : [`${option} must not go with --recording, which has its own: leave it out`],
  );
}
