import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { FAULT_EXAMPLES, parseFault } from '../../src/faults/fault-grammar';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import type { Plan } from '../../src/plan/service-plan';
import { shortTraffic } from '../../src/report/headline';
import type { Scenario } from '../../src/run/scenario';
import { lateErrors } from '../../src/run/scenario-validation';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { type Iteration, type KnownIteration, mergedIteration } from '../../src/traffic/iteration';
import { TRAFFIC_FORMATS } from '../../src/traffic/traffic-formats';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { completeWorkload, DEFAULT_WORKLOAD } from '../../src/workload/workload-fields';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { readInputFile } from '../input/input-file';
import { readTraffic } from '../input/read-traffic';
import { readScenarioFile, type ScenarioFile, type TrafficContext } from '../input/scenario-file';
import { applySet, CHANGE_EXAMPLES, changeErrors } from '../input/set-option';
import { throwIfDeep } from '../input/text-depth';
import { parseScenarioDocument } from '../scenario-files/scenario-document';
import { collectRepeated } from './repeated-option';
import { parseSeconds, parseWholeNumber } from './shared-options';
import { addWorkloadOptions, type WorkloadOptions, workloadFieldsOf } from './workload-option-group';

/** A scenario without its plan, and the changes of `--set` that are applied to both. */
export interface ScenarioInput extends Omit<Scenario, 'plan'> {
  readonly changes: readonly string[];
}

/** The input of a rehearsal, before its measurement: without traffic and workload, these are chosen by the measurement. */
export interface RehearsalScenarioInput
  extends Omit<ScenarioInput, 'traffic' | 'workload'>,
    Partial<Pick<ScenarioInput, 'traffic' | 'workload'>> {}

/** The scenario options of `rehearse`, as commander parses them. */
export interface RehearsalScenarioOptions {
  readonly traffic?: string;
  readonly think?: string;
  readonly pacing?: string;
  readonly requestsPerIteration?: string;
  readonly scenario?: string;
  readonly history?: string;
  readonly fault?: readonly string[];
  readonly set?: readonly string[];
  readonly seed?: string;
}

/** The scenario options of `forecast`, `compare` and `recommend`, as commander parses them. */
export interface ScenarioOptions extends WorkloadOptions, RehearsalScenarioOptions {}

/** Adds the options of a scenario, besides the traffic and the seed that every command has. */
export function addScenarioOptions(command: Command): Command {
  return addRehearsalScenarioOptions(addWorkloadOptions(command));
}

/** The same without the workload options. */
export function addRehearsalScenarioOptions(command: Command): Command {
  return command
    .option('--think <duration>', 'how long a user of a load test sleeps in each iteration (default: what its script says, or 0s)')
    .option('--pacing <duration>', 'how long an iteration of a load test takes at least (default: what its script says, or 0s)')
    .option('--requests-per-iteration <count>', 'how many requests an iteration of a load test sends (default: what its script says, or 1)')
    .option('--scenario <file>', 'a JSON file with traffic, faults, workload, behavior and seed; options override it')
    .option(
      '--history <traffic>',
      "the load of the minutes before, such as 'rps 20 for 1h' (default: that at the start of the traffic, none where it is over a target)",
    )
    .option('--fault <fault>', `a fault, such as ${quoted(FAULT_EXAMPLES[0]!)}; repeatable`, collectRepeated)
    .option(
      '--set <change>',
      `change a prop of the construct, a setting of the plan, or an assumption about AWS (behavior.…), such as ${CHANGE_EXAMPLES}; repeatable`,
      collectRepeated,
    );
}

/** The files that `--traffic` accepts, for the help. */
export const TRAFFIC_FILES = `, or a file: a script of k6, Locust, artillery, Taurus, Gatling or JMeter, access logs, ${TRAFFIC_FORMATS.map(({ name }) => name).join(', ')}`;

/** An example of each fault, for the help. */
export const FAULT_HELP = `Faults: ${FAULT_EXAMPLES.map(quoted).join(', ')}.`;

/** Reads the scenario from the scenario file and the options, which override it. */
export function scenarioInputOf(options: ScenarioOptions): ScenarioInput {
  const { traffic, workloadFields: fromFile, ...input } = readInput(options);
  if (traffic === undefined) {
    throw new InputError(["--traffic must be given, got none: try --traffic 'users 30 for 5m, users 120 for 20m'"]);
  }
  return { ...input, traffic, ...completeWorkload({ ...fromFile, ...workloadFieldsOf(options) }) };
}

/** Reads the scenario of a rehearsal. */
export function rehearsalScenarioInputOf(options: RehearsalScenarioOptions): RehearsalScenarioInput {
  const { workloadFields: fromFile, ...input } = readInput(options);
  return { ...input, ...(fromFile === undefined ? {} : completeWorkload(fromFile)) };
}

function readInput(options: RehearsalScenarioOptions & WorkloadOptions) {
  const givenIteration = iterationOf(options);
  const givenWorkload = workloadFieldsOf(options);
  let iterationFields: readonly (keyof Iteration)[] = [];
  const read = (text: string, context: Partial<TrafficContext> = {}, folder?: string): Traffic => {
    const { isHistory = false, iteration: fileIteration = {}, workload = {} } = context;
    const responseSeconds = responseSecondsOf({ ...workload, ...givenWorkload });
    if (isHistory) return readTraffic(text, { responseSeconds }, folder).traffic;
    const source = readTraffic(text, { ...mergedIteration(fileIteration, givenIteration), responseSeconds }, folder);
    iterationFields = source.iterationFields;
    if (iterationFields.length === 0 && Object.keys(fileIteration).length > 0)
      throw new InputError([
        `think, pacing and requestsPerIteration must go with traffic from ${LOAD_TEST_FILE}, got '${shortTraffic(source.traffic)}'`,
      ]);
    return source.traffic;
  };
  const { workload, ...file } = readScenario(options.scenario, read);
  // the traffic that is read last is used.
  const traffic = options.traffic === undefined ? file.traffic : read(options.traffic, { workload });
  throwIfAny([...iterationOptionErrors(options, traffic, iterationFields), ...changeErrors([...file.changes, ...(options.set ?? [])])]);
  const input = {
    ...file,
    workloadFields: workload,
    traffic,
    history: options.history === undefined ? file.history : parseTraffic(options.history),
    faults: [...(file.faults ?? []), ...(options.fault ?? []).map(parseFault)],
    behavior: file.behavior ?? AWS_BEHAVIOR,
    seed: options.seed === undefined ? (file.seed ?? 1) : parseWholeNumber('--seed', options.seed, 0),
    changes: [...file.changes, ...(options.set ?? [])],
  };
  // before an app is synthesized, which takes a while.
  if (traffic !== undefined) throwIfAny(lateErrors({ ...input, traffic }));
  return input;
}

/** The scenario of a plan, with the changes of `--set` and more changes applied. */
export function scenarioOf(plan: Plan, { changes, ...input }: ScenarioInput, furtherChanges: readonly string[] = []): Scenario {
  return applySet({ ...input, plan }, [...changes, ...furtherChanges]);
}

/** A scenario names its traffic, and does not have it. */
const MAX_SCENARIO_MEBIBYTES = 1;

function readScenario(path: string | undefined, read: (text: string, context: TrafficContext, folder: string) => Traffic): ScenarioFile {
  if (path === undefined) return { changes: [] };
  const text = readInputFile('--scenario', path, MAX_SCENARIO_MEBIBYTES);
  const name = basename(path);
  throwIfDeep(text, '--scenario', `'${name}'`);
  const document = parseScenarioDocument(text, name);
  try {
    const file = readScenarioFile(document.value, name, (words, context) => read(words, context, dirname(path)));
    // what only the schema knows, such as a field that the scenario has no use for.
    throwIfAny(document.schemaErrors());
    return file;
  } catch (error) {
    throw error instanceof InputError ? new InputError(document.withLines(error.errors)) : error;
  }
}

function iterationOf({ think, pacing, requestsPerIteration }: RehearsalScenarioOptions): KnownIteration {
  return {
    thinkSeconds: think === undefined ? undefined : parseSeconds('--think', think, 0),
    pacingSeconds: pacing === undefined ? undefined : parseSeconds('--pacing', pacing, 0),
    requestsPerIteration:
      requestsPerIteration === undefined ? undefined : parseWholeNumber('--requests-per-iteration', requestsPerIteration, 1),
  };
}

/** How long a response takes without a queue: of the workload that is given, or of the reference search service. */
function responseSecondsOf(given: Partial<Workload>): number {
  const others = given.cpuSecondsPerRequest === undefined ? MEASURED_SEARCH_WORKLOAD : DEFAULT_WORKLOAD;
  const { baseLatencySeconds, cpuSecondsPerRequest } = { ...MEASURED_SEARCH_WORKLOAD, ...others, ...given };
  return baseLatencySeconds + cpuSecondsPerRequest;
}

/** Returns an error for each option of an iteration that has no effect on the traffic. */
function iterationOptionErrors(
  { think, pacing, requestsPerIteration }: RehearsalScenarioOptions,
  traffic: Traffic | undefined,
  iterationFields: readonly (keyof Iteration)[],
): string[] {
  const given = traffic === undefined ? 'none' : `'${shortTraffic(traffic)}'`;
  return [
    ...(think === undefined || iterationFields.includes('thinkSeconds')
      ? []
      : [`--think must go with traffic from ${LOAD_TEST_FILE}, got ${given}: write the think time as in 'users 30 think 1s for 5m'`]),
    ...(pacing === undefined || iterationFields.includes('pacingSeconds')
      ? []
      : [`--pacing must go with traffic from ${LOAD_TEST_FILE}, got ${given}: write the pacing as in 'users 30 pacing 1s for 5m'`]),
    ...(requestsPerIteration === undefined || iterationFields.includes('requestsPerIteration')
      ? []
      : [`--requests-per-iteration must go with traffic from ${LOAD_TEST_FILE}, got ${given}: leave it out`]),
  ];
}

/** A file with users that have iterations. */
const LOAD_TEST_FILE = 'a file of a load test';

function quoted(example: string): string {
  return `'${example}'`;
}
