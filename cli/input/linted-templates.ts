import { relative } from 'node:path';
import { templateOf } from '../../src/lint/template/linted-template';
import { InputError } from '../../src/parse/input-error';
import { asObject, field, type TemplateValue } from '../../src/plan/template/template-value';
import { chooseStacks, stacksOf } from './assembly-stacks';
import { fileName } from './input-file';
import { synthesizedFolder } from './synthesize';
import { readTemplateDocument } from './template-file';

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
  if (templates.length > 0) return readEach(templates.map((file) => ({ option: '--template', name: file, path: file, file })));
  const assembly = await synthesizedFolder(app, interrupted, { example: "--template 'cdk.out/Shop.template.json'" });
  try {
    return await stackTemplates(assembly.folder, stack);
  } finally {
    assembly.dispose();
  }
}

/** Reads a template from a file. `option` is the option that names it, for errors. */
export async function readLintedTemplate(option: string, file: string): Promise<NamedTemplate> {
  const [read] = await readEach([{ option, name: file, path: file, file }]);
  return read!;
}

interface TemplateFile extends Omit<NamedTemplate, 'template'> {
  readonly option: string;
  readonly path: string;
}

async function readEach(files: readonly TemplateFile[]): Promise<NamedTemplate[]> {
  const read: NamedTemplate[] = [];
  for (const { option, name, path, file } of files) {
    read.push({ name, file, template: templateOf(await readTemplateDocument(option, path), `'${fileName(path)}'`) });
  }
  return read;
}

/** The stacks of the app and of its stages. */
async function stackTemplates(folder: string, stack: string | undefined): Promise<NamedTemplate[]> {
  const all = await stacksOf(folder);
  const withResources = [];
  for (const each of all) {
    if (Object.keys(asObject(field(await readTemplateDocument('--app', each.file), 'Resources'))).length > 0) withResources.push(each);
  }
  if (withResources.length === 0) throw new InputError(['--app must have a stack with resources, got none: add one']);
  const chosen = chooseStacks(withResources, stack);
  return readEach(
    chosen.map(({ displayName, file }) => ({ option: '--app', name: displayName, path: file, file: relative(folder, file) })),
  );
}
