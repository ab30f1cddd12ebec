import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { CHECKS } from '../../src/lint/checks/checks';
import { type Finding, lintTemplate } from '../../src/lint/lint-template';
import { lintUpdate, type UpdateOutcome } from '../../src/lint/lint-update';
import { uncheckedTexts } from '../../src/lint/unchecked-servers';
import { UPDATE_CHECKS } from '../../src/lint/updates/update-checks';
import type { UpdateFinding } from '../../src/lint/updates/update-finding';
import { InputError } from '../../src/parse/input-error';
import { type LintChoice, type NamedTemplate, readLintedTemplate, readLintedTemplates } from '../input/linted-templates';
import { PACKAGE_FOLDER } from '../input/reference-service';
import { collectRepeated } from '../options/repeated-option';
import { Console } from '../output/console';
import { sarifLog } from '../output/lint-sarif';
import { findingCounts, findingLines, UPDATE_OUTCOMES } from '../output/lint-text';

/** The command `lint`: checks templates or an update, prints the findings, and returns whether there is no error. */
export async function lintCommand(args: LintArguments, interrupted: Promise<never>): Promise<boolean> {
  const console = new Console(args.format !== 'text');
  const results =
    args.update === undefined
      ? (await console.withProgress('synthesizing', readLintedTemplates(args.source, interrupted))).map(lintOne)
      : [await lintPair(args.update)];
  for (const result of results) print(console, result);
  if (args.format === 'sarif') console.printResult(sarifOf(results));
  else console.printResult(args.update === undefined ? { templates: results.map(withoutFile) } : withoutFile(results[0]!));
  return results.every(({ findings }) => findings.every(({ severity }) => severity !== 'error'));
}

/** What was found in one template, or in one update. */
interface LintResult {
  readonly template: string;
  readonly file: string;
  readonly outcome?: UpdateOutcome;
  readonly findings: readonly (Finding | UpdateFinding)[];

  /** What in the template is not checked, as text. */
  readonly unchecked?: readonly string[];
}

function lintOne({ name, file, template }: NamedTemplate): LintResult {
  return { template: name, file, findings: lintTemplate(template), unchecked: uncheckedTexts(template) };
}

async function lintPair({ from, to }: UpdateFiles): Promise<LintResult> {
  const [before, after] = [await readLintedTemplate('--from', from), await readLintedTemplate('--to', to)];
  const { outcome, findings } = lintUpdate(before.template, after.template);
  return { template: to, file: to, outcome, findings };
}

function print(console: Console, { template, outcome, findings, unchecked = [] }: LintResult): void {
  const title = outcome === undefined ? template : `${template}: ${UPDATE_OUTCOMES[outcome]}`;
  console.printWrappedSection(title, [...findings.flatMap(findingLines), findingCounts(findings), ...unchecked]);
}

function withoutFile({ file, ...result }: LintResult): object {
  return result;
}

function sarifOf(results: readonly LintResult[]): object {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as { version: string };
  const located = results.flatMap(({ file, findings }) => findings.map((finding) => ({ ...finding, file })));
  return sarifLog(
    located,
    [...CHECKS, ...UPDATE_CHECKS],
    version,
    results.flatMap(({ unchecked = [] }) => unchecked),
  );
}

interface UpdateFiles {
  readonly from: string;
  readonly to: string;
}

/** The arguments of `lint`. */
export interface LintArguments {
  readonly command: 'lint';
  readonly source: LintChoice;

  /** The templates of an update; undefined to check templates by themselves. */
  readonly update?: UpdateFiles;
  readonly format: 'text' | 'json' | 'sarif';
}

interface Options {
  readonly app?: string;
  readonly template?: readonly string[];
  readonly stack?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly sarif?: boolean;
}

const HELP = `
Any template with an ECS service is checked, whoever wrote it: scaling, load balancer, target group, service and task definition. What only the
deployment knows, such as an import or a parameter without a default, is never an error.
With --from and --to, two templates of one stack are compared: which update fails, or stops serving.
The exit code is 1 if there is an error, 0 if there are only warnings.

Examples:
  $ npx ecs-rehearsal lint --app "npx tsx app.ts"
  $ npx ecs-rehearsal lint --template cdk.out/Shop.template.json --sarif > lint.sarif
  $ npx ecs-rehearsal lint --from deployed.json --to cdk.out/Shop.template.json`;

/** Adds the command `lint`. */
export function addLint(program: Command, onParsed: (parsed: LintArguments) => void): void {
  program
    .command('lint')
    .description('Check templates with an ECS service, and which update of them fails or stops serving.')
    .option('--app <command>', 'the command of a CDK app to synthesize (default: the app of ./cdk.json)')
    .option('--template <file>', 'a template in JSON or YAML to check instead of an app; repeatable', collectRepeated)
    .option('--stack <name>', 'the stack of the app to check (default: all)')
    .option('--from <file>', 'the deployed template, to check an update')
    .option('--to <file>', 'the new template, to check an update')
    .option('--json', 'print the findings as JSON, and text to stderr')
    .option('--sarif', 'print the findings as SARIF 2.1.0, and text to stderr')
    .allowExcessArguments(false)
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(lintArguments(options)));
}

function lintArguments({ app, template = [], stack, from, to, json, sarif }: Options): LintArguments {
  if (json === true && sarif === true) throw new InputError(['--json and --sarif must not be given together, got both: leave one out']);
  if ((from === undefined) !== (to === undefined)) {
    throw new InputError([`--from and --to must be given together, got only ${from === undefined ? '--to' : '--from'}`]);
  }
  if (from !== undefined && (app !== undefined || template.length > 0 || stack !== undefined)) {
    throw new InputError(['--from and --to must not be given beside --app, --template or --stack: leave those out']);
  }
  const printed = json === true ? 'json' : 'text';
  return {
    command: 'lint',
    source: { app, templates: template, stack },
    ...(from !== undefined && to !== undefined && { update: { from, to } }),
    format: sarif === true ? 'sarif' : printed,
  };
}
