import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate } from '../../src/lint/template/linted-template';
import { InputError } from '../../src/parse/input-error';
import { field, type TemplateValue } from '../../src/plan/template/template';
import { appFromCdkJson, synthesize } from './synthesize';

/** The templates to check: files, or the stacks of an app. */
export interface LintChoice {
  readonly templates: readonly string[];
  readonly app?: string;
  readonly stack?: string;
}

/** A template with its name: the file, or the stack of an app. */
export interface NamedTemplate {
  readonly name: string;

  /** The name of its file; for the stack of an app in the cloud assembly. */
  readonly file: string;
  readonly template: TemplateValue;
}

const SUFFIX = '.template.json';

/**
 * Reads the chosen templates; synthesizes the app first if they come from one.
 *
 * @param interrupted rejects when the user presses Ctrl+C, which ends the synthesis.
 */
export async function readLintedTemplates(
  { templates, app, stack }: LintChoice,
  interrupted: Promise<never>,
): Promise<readonly NamedTemplate[]> {
  if (templates.length > 0 && app !== undefined) {
    throw new InputError(['--template and --app must not be given together, got both: leave one out']);
  }
  if (templates.length > 0 && stack !== undefined) {
    throw new InputError([`--stack must go with --app, got '${stack}' beside --template: leave it out`]);
  }
  if (templates.length > 0) return templates.map((file) => readTemplateFile('--template', file));
  const command = app ?? appFromCdkJson();
  if (command === undefined || command.trim() === '') {
    throw new InputError([
      "a template must be given with --template or --app, got none and no cdk.json here: try --template 'cdk.out/Shop.template.json'",
    ]);
  }
  const assembly = await synthesize(command, interrupted);
  try {
    return stackTemplates(assembly.folder, stack);
  } finally {
    assembly.dispose();
  }
}

/** Reads a template from a file. `option` is the option that names it, for errors. */
export function readTemplateFile(option: string, file: string): NamedTemplate {
  return { name: file, file, template: parseTemplate(readText(option, file), file) };
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InputError([`${option} must be a file that can be read, got '${file}'`]);
  }
}

/** The stacks of the app and of its stages. A template in the folder of an asset is no stack. */
function stackTemplates(folder: string, stack: string | undefined): NamedTemplate[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith(SUFFIX) && !/(^|\/)asset\.[^/]*\//.test(file));
  const named = files
    .sort()
    .map((file) => ({ name: file.slice(0, -SUFFIX.length), file }))
    .filter(({ file }) => hasResources(join(folder, file)));
  if (named.length === 0) throw new InputError(['--app must have a stack with resources, got none: add one']);
  const chosen = stack === undefined ? named : named.filter(({ name }) => name === stack || name.endsWith(`/${stack}`));
  if (chosen.length === 0) {
    const known = named.map(({ name }) => name).join(', ');
    throw new InputError([`--stack must be one of ${known}, got '${stack}'`]);
  }
  return chosen.map(({ name, file }) => ({ name, file, template: parseTemplate(readFileSync(join(folder, file), 'utf8'), name) }));
}

function hasResources(file: string): boolean {
  const template = JSON.parse(readFileSync(file, 'utf8')) as TemplateValue;
  return Object.keys(field(template, 'Resources') ?? {}).length > 0;
}
