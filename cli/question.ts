import { dirname } from 'node:path';
import type { Command } from 'commander';
import { InvalidInput, refuse } from '../src/plan/invalid-input';
import type { Plan } from '../src/plan/plan';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { FAULT_EXAMPLES, parseFault } from '../src/scenario/parse-fault';
import type { Scenario } from '../src/scenario/scenario';
import { parseScenarioFile, type ScenarioFile } from '../src/scenario/scenario-file';
import { lateMistakes } from '../src/scenario/scenario-mistakes';
import { CHANGE_SYNTAX, withChanges } from '../src/scenario/what-if';
import { readText, readTraffic } from './read-traffic';
import { seconds, wholeNumber } from './shared-options';
import { addWorkloadOptions, type WorkloadOptions, workloadOf } from './workload-options';

/** A scenario without its plan, and what is to be changed of that. */
export interface Question extends Omit<Scenario, 'plan'> {
  readonly changes: readonly string[];
}

/** A question whose traffic and workload are not known yet. */
export interface OpenQuestion extends Omit<Question, 'traffic' | 'workload'>, Partial<Pick<Question, 'traffic' | 'workload'>> {}

/** What commander makes of the options of a question about a service that runs. */
export interface OpenQuestionOptions {
  readonly traffic?: string;
  readonly think?: string;
  readonly requestsPerIteration?: string;
  readonly scenario?: string;
  readonly fault?: readonly string[];
  readonly set?: readonly string[];
  readonly seed?: string;
}

/** What commander makes of the options of a question. */
export interface QuestionOptions extends WorkloadOptions, OpenQuestionOptions {}

/** Adds the options that say what is asked of a plan, besides the traffic and the seed that every command has. */
export function addQuestionOptions(command: Command): Command {
  return addOpenQuestionOptions(addWorkloadOptions(command));
}

/** The same, without those that say what a request costs. */
export function addOpenQuestionOptions(command: Command): Command {
  return command
    .option('--think <duration>', 'how long a user of a k6 or Locust file sleeps in each iteration (default: 0s)')
    .option('--requests-per-iteration <count>', 'how many requests an iteration of such a file makes (default: 1)')
    .option('--scenario <file>', 'a JSON file with traffic, faults, workload, behavior and seed; what is given besides it wins')
    .option('--fault <words>', `what goes wrong, such as ${inWords(FAULT_EXAMPLES[0]!)}; may be given again`, again)
    .option(
      '--set <change>',
      `what if: a prop of the construct or any number of the plan, such as ${CHANGE_SYNTAX}; may be given again`,
      again,
    );
}

/** What `--traffic` takes besides words, for a help. */
export const TRAFFIC_FILES = ', or a file: k6 options, a Locust test, a trace t,rps';

/** Lists how faults are written, for a help. */
export const FAULT_HELP = `Faults read like ${FAULT_EXAMPLES.map(inWords).join(', ')}.`;

/** Reads what is asked: from the scenario file, and from the options, which win. */
export function questionOf(options: QuestionOptions): Question {
  const asked = openQuestionOf(options);
  if (asked.traffic === undefined) {
    throw new InvalidInput(["--traffic must be given, got none: try --traffic 'users 30 for 5m, users 120 for 20m'"]);
  }
  return { ...asked, traffic: asked.traffic, workload: workloadOf(options, asked.workload) };
}

/** Reads the same of a service whose workload is measured, and whose traffic may be chosen by that. */
export function openQuestionOf(options: OpenQuestionOptions): OpenQuestion {
  const file = options.scenario === undefined ? { changes: [] } : readScenario(options.scenario, options);
  const traffic = options.traffic === undefined ? file.traffic : readTraffic(options.traffic, iterationOf(options));
  const question = {
    ...file,
    traffic,
    faults: [...(file.faults ?? []), ...(options.fault ?? []).map(parseFault)],
    behavior: file.behavior ?? AWS_BEHAVIOR,
    seed: options.seed === undefined ? (file.seed ?? 1) : wholeNumber('--seed', options.seed, 0),
    changes: [...file.changes, ...(options.set ?? [])],
  };
  // said before an app is synthesized, which takes a while.
  if (traffic !== undefined) refuse(lateMistakes({ ...question, traffic }));
  return question;
}

/** The question asked of a plan. */
export function scenarioOf(plan: Plan, { changes, ...question }: Question, more: readonly string[] = []): Scenario {
  return withChanges({ ...question, plan }, [...changes, ...more]);
}

function readScenario(path: string, options: OpenQuestionOptions): ScenarioFile {
  return parseScenarioFile(readText('--scenario', path), path, (words) => readTraffic(words, iterationOf(options), dirname(path)));
}

function iterationOf({ think, requestsPerIteration }: OpenQuestionOptions) {
  return {
    thinkSeconds: seconds('--think', think, 0),
    requestsPerIteration: requestsPerIteration === undefined ? 1 : wholeNumber('--requests-per-iteration', requestsPerIteration, 1),
  };
}

/** Gathers an option that may be given again. */
export function again(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function inWords(example: string): string {
  return `'${example}'`;
}
