import type { Command } from 'commander';
import { InvalidInput, refuse } from '../src/plan/invalid-input';
import { addQuestionOptions, again, FAULT_HELP, type Question, type QuestionOptions, questionOf, TRAFFIC_FILES } from './question';
import { addReportFiles, type ReportFiles, reportFilesOf } from './report-files';
import { addSeeds, type SeedsOption, seedsOf } from './seeds-option';
import { addSharedOptions, type SharedOptions } from './shared-options';
import type { TemplateChoice } from './template-source';

/** A plan that differs from that of the template. */
export interface Variant {
  readonly name: string;
  readonly changes: readonly string[];
}

/** What `compare` was asked to do. */
export interface CompareArguments {
  readonly command: 'compare';
  readonly source: TemplateChoice;
  readonly question: Question;
  readonly variants: readonly Variant[];
  readonly seeds?: number;
  readonly files: ReportFiles;
  readonly json: boolean;
}

type Options = SharedOptions & QuestionOptions & SeedsOption & ReportFiles & { readonly plan?: readonly string[] };

const PLAN_EXAMPLE = "'three tasks: minCapacity=3'";

const HELP = `
The first plan is that of the template, with the changes of --set. Each --plan is that with changes of its own.
${FAULT_HELP}

Examples:
  $ npx cdk-scalable-stateless-service compare --traffic "users 30 for 10m, users 120 for 30m" --plan "CPU 50: targetCpuUtilizationPercent=50"
  $ npx cdk-scalable-stateless-service compare --traffic "rps 500 for 1h" --fault "stop 2 at 20m" --html trade-off.html \\
      --plan "one big: cpu=1024, memoryLimitMiB=2048, minCapacity=1" --plan "three small: minCapacity=3"`;

/** Adds the command `compare`. */
export function addCompare(program: Command, take: (parsed: CompareArguments) => void): void {
  const command = addSharedOptions(program.command('compare'), 'required, here or in --scenario', TRAFFIC_FILES);
  addReportFiles(addSeeds(addQuestionOptions(command)))
    .description('Forecasts two or more plans under the same traffic, side by side: reliability against cost.')
    .option('--plan <changes>', `another plan and how it differs, such as ${PLAN_EXAMPLE}; may be given again`, again)
    .addHelpText('after', HELP)
    .action((options: Options) => take(compareArguments(options)));
}

function compareArguments(options: Options): CompareArguments {
  if (options.plan === undefined) throw new InvalidInput([`--plan must be given at least once, got none: try --plan ${PLAN_EXAMPLE}`]);
  return {
    command: 'compare',
    source: options,
    question: questionOf(options),
    variants: variantsOf(options.plan),
    seeds: seedsOf(options),
    files: reportFilesOf(options),
    json: options.json === true,
  };
}

function variantsOf(texts: readonly string[]): Variant[] {
  const parts = texts.map((text) => /^\s*([^:]*?)\s*:\s*(.+)$/.exec(text));
  refuse(
    parts.flatMap((part, index) =>
      part === null || part[1] === '' ? [`--plan must read like ${PLAN_EXAMPLE}, got '${texts[index]}'`] : [],
    ),
  );
  return parts.map((part) => ({ name: part![1]!, changes: part![2]!.split(',').filter((change) => change.trim() !== '') }));
}
