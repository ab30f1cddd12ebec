import type { Command } from 'commander';
import { throwIfAny } from '../../src/parse/input-error';
import type { Expectations } from '../../src/run/expectations';
import { formatTraffic } from '../../src/traffic/traffic-phases';
import type { TemplateChoice } from '../input/template-source';
import { addPathOption, type PathOption, requestPathsOf } from '../options/path-option';
import { addRuntimeOptions, type RuntimeChoice, type RuntimeOptions, runtimeChoiceOf } from '../options/runtime-options';
import {
  addRehearsalScenarioOptions,
  FAULT_HELP,
  type RehearsalScenarioInput,
  type RehearsalScenarioOptions,
  rehearsalScenarioInputOf,
  TRAFFIC_FILES,
} from '../options/scenario-options';
import {
  addExpectationOptions,
  addSharedOptions,
  expectationsOf,
  MAX_SPEED,
  NO_TEMPLATE_HELP,
  parseSeconds,
  parseSpeed,
  parseWholeNumber,
  type SharedOptions,
} from '../options/shared-options';
import { addReportFiles, type ReportFiles, reportFilesOf } from '../output/report-files';

/** The arguments of `rehearse`. */
export interface RehearseArguments {
  readonly command: 'rehearse';
  readonly source: TemplateChoice;
  /** Without traffic, the traffic is chosen by the measured throughput of a task, so that the service scales out and in again. */
  readonly scenarioInput: RehearsalScenarioInput;
  /** With `--external`: how long to wait for the requests of another program, in seconds of the scenario. */
  readonly externalSeconds?: number;
  readonly runtime: RuntimeChoice;
  /** @default the search terms of the reference service, or `/` */
  readonly paths?: readonly string[];
  readonly speed: number;
  readonly port: number;
  readonly expectations: Expectations;
  /** The report files, which show the rehearsal and its forecast. */
  readonly files: ReportFiles;
  /** Whether lines are printed instead of the live view. */
  readonly isPlain: boolean;
  readonly json: boolean;
}

interface Options extends SharedOptions, RehearsalScenarioOptions, ReportFiles, RuntimeOptions, PathOption {
  readonly traffic?: string;
  readonly seed?: string;
  readonly speed?: string;
  readonly port?: string;
  readonly external?: boolean;
  readonly for?: string;
  readonly plain?: boolean;
}

/** The default time to wait for external requests, in seconds of the scenario. */
const EXTERNAL_SECONDS = 3600;

const HELP = `
Tasks are processes on this machine, or containers of docker or podman, each limited to the CPU and the memory of its task size.
Without --traffic, a short measurement chooses the traffic. If the service fails during it, give --traffic.
Periods, cooldowns and delays pass --speed times as fast; requests, processes and sockets are not sped up. Needs Linux, or macOS with --runtime docker or podman.
In a terminal a live view shows the rehearsal; press ? for the keys that start faults.
${FAULT_HELP}

Examples:
  $ npx ecs-rehearsal rehearse --app "npx tsx app.ts"
  $ npx ecs-rehearsal rehearse --app "npx tsx app.ts" --runtime docker
  $ npx ecs-rehearsal rehearse --template cdk.out/Shop.template.json --command "node server.js" \\
      --path /cart --traffic "users 5 for 2m, users 60 think 100ms for 8m, users 5 for 25m" --expect-failures 0
  $ npx ecs-rehearsal rehearse --command "node server.js" --path /cart --traffic "users 20 for 10m"
  $ npx ecs-rehearsal rehearse --app "npx tsx app.ts" --fault "kill 1 at 5m" --html rehearsal.html
  $ npx ecs-rehearsal rehearse --app "npx tsx app.ts" --external --for 20m --port 8080`;

/** Adds the command `rehearse`. */
export function addRehearse(program: Command, onParsed: (parsed: RehearseArguments) => void): void {
  const command = addSharedOptions(
    program.command('rehearse'),
    'default: traffic that makes the service scale out and in again',
    TRAFFIC_FILES,
    NO_TEMPLATE_HELP,
  );
  addReportFiles(addExpectationOptions(addPathOption(addRuntimeOptions(addRehearsalScenarioOptions(command)))))
    .description(
      'Run the service of a template on this machine: real tasks under a CPU quota, a real load balancer, real traffic, real faults.',
    )
    .option('--external', 'send no traffic, and wait for traffic from k6, Locust, wrk or a browser at the printed address')
    .option('--for <duration>', 'how long to wait for external traffic, in simulated time (default: 1h)')
    .option('--speed <factor>', `how many times faster simulated time passes, 1 to ${MAX_SPEED} (default: 20)`)
    .option('--port <port>', 'port of the load balancer, 0 for any free port (default: 0)')
    .option('--plain', 'print lines instead of the live view')
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(rehearseArguments(options)));
}

function rehearseArguments(options: Options): RehearseArguments {
  throwIfAny([
    ...(options.external === true && options.traffic !== undefined
      ? [`--traffic cannot be combined with --external, got '${options.traffic}'`]
      : []),
    ...(options.external !== true && options.for !== undefined
      ? [`--for can only be used with --external, got '${options.for}': other traffic includes its duration`]
      : []),
  ]);
  const scenarioInput = rehearsalScenarioInputOf(options);
  throwIfAny(
    options.external === true && scenarioInput.traffic !== undefined
      ? [`the traffic of --scenario cannot be combined with --external, got ${formatTraffic(scenarioInput.traffic)}`]
      : [],
  );
  return {
    command: 'rehearse',
    source: options,
    scenarioInput,
    externalSeconds: options.external === true ? parseSeconds('--for', options.for, EXTERNAL_SECONDS) : undefined,
    runtime: runtimeChoiceOf(options),
    paths: requestPathsOf(options),
    speed: parseSpeed(options.speed ?? '20'),
    port: parseWholeNumber('--port', options.port ?? '0', 0, 65_535),
    expectations: expectationsOf(options),
    files: reportFilesOf(options),
    isPlain: options.plain === true,
    json: options.json === true,
  };
}
