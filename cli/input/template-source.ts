import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { readTextFile } from './read-traffic';
import { appFromCdkJson, synthesize } from './synthesize';

/** The end of the name of a template in a cloud assembly. */
const TEMPLATE_SUFFIX = '.template.json';

/** The options that choose a template. */
export interface TemplateChoice {
  readonly template?: string;
  readonly app?: string;
  readonly stack?: string;
  readonly service?: string;
}

/** A plan, its template, and the cloud assembly directory that the template is in, with the asset manifest. */
export interface PlanSource extends ParsedPlan {
  readonly assemblyFolder: string;
  /** The file that the template was read from. */
  readonly templateFile: string;
  readonly template: Template;
  /** Deletes the cloud assembly if it was synthesized for this source. */
  readonly dispose: () => void;
}

/**
 * Reads the chosen plan; synthesizes the app first if it comes from one.
 *
 * @param interrupted rejects when the user presses Ctrl-C, which ends the synthesis.
 * @param folder the folder in which the app runs, and in which the template is.
 */
export async function readPlanSource(choice: TemplateChoice, interrupted: Promise<never>, folder = '.'): Promise<PlanSource> {
  if (choice.template !== undefined && choice.app !== undefined) {
    throw new InputError(['--template and --app must not be given together, got both: leave one out']);
  }
  if (choice.template !== undefined && choice.stack !== undefined) {
    throw new InputError([`--stack must go with --app, got '${choice.stack}' beside --template: leave it out`]);
  }
  if (choice.template !== undefined) return readTemplateFile(fileIn(folder, choice.template), choice, () => {});
  const app = choice.app ?? appFromCdkJson(folder);
  if (app === undefined || app.trim() === '') {
    throw new InputError(["a template must be given with --template or --app, got none and no cdk.json here: try --app 'npx tsx app.ts'"]);
  }
  const assembly = await synthesize(app, interrupted, folder);
  try {
    return readTemplateFile(chooseTemplate(assembly.folder, choice.stack), choice, assembly.dispose);
  } catch (error) {
    assembly.dispose();
    throw error;
  }
}

/** A file as the user has named it, unless it is in another folder. */
function fileIn(folder: string, file: string): string {
  return folder === '.' ? file : resolve(folder, file);
}

function readTemplateFile(file: string, choice: TemplateChoice, dispose: () => void): PlanSource {
  const template = Template.parse(readJsonText(file), file);
  return { ...readPlan(template, choice.service), template, assemblyFolder: dirname(file), templateFile: file, dispose };
}

function readJsonText(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new InputError([folderError(file)]);
  const text = readTextFile('--template', file);
  if (!YAML_START.test(text)) return text;
  throw new InputError([
    `--template must be JSON, got YAML in '${file}': give the file that the CDK writes, such as cdk.out/Shop.template.json, or the output of 'cdk synth --json' or of 'cfn-flip ${file}'`,
  ]);
}

/** The first line of a YAML template that is neither empty nor a comment: the start of a document, or a key without quotes. */
const YAML_START = /^(\s*(#.*)?\n)*(---|\w+:)/;

function folderError(folder: string): string {
  const templates = readdirSync(folder).filter((name) => name.endsWith(TEMPLATE_SUFFIX));
  const [example = `Shop${TEMPLATE_SUFFIX}`] = templates;
  const found = templates.length === 0 ? 'no template' : templates.join(', ');
  return `--template must be a file such as ${join(folder, example)}, got a folder with ${found}`;
}

/** The template of the chosen stack, or of the only one with an ECS service. */
function chooseTemplate(folder: string, stack: string | undefined): string {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(TEMPLATE_SUFFIX))
    .map((file) => file.slice(0, -TEMPLATE_SUFFIX.length));
  const candidates =
    stack === undefined
      ? names.filter((name) => hasEcsService(join(folder, name + TEMPLATE_SUFFIX)))
      : names.filter((name) => name === stack);
  if (candidates.length === 1) return join(folder, candidates[0] + TEMPLATE_SUFFIX);
  if (stack !== undefined) throw new InputError([`--stack must be one of ${names.join(', ')}, got '${stack}'`]);
  throw new InputError([
    candidates.length === 0
      ? `the app must have a stack with an AWS::ECS::Service, got none in ${names.join(', ') || 'no stack'}`
      : `the app has ${candidates.length} stacks with a service: choose one with --stack, got none (${candidates.join(', ')})`,
  ]);
}

function hasEcsService(file: string): boolean {
  return Template.parse(readFileSync(file, 'utf8'), file).resourcesOfType('AWS::ECS::Service').length > 0;
}
