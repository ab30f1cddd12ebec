import { InputError } from '../../src/parse/input-error';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { Template } from '../../src/plan/template/template';
import type { TemplateValue } from '../../src/plan/template/template-value';
import { isFolder, stacksOf } from './assembly-stacks';
import { BaseError, checkOutBase } from './base-commit';
import { fileName } from './input-file';
import { readTemplateDocument } from './template-file';
import { readTemplateSource, type TemplateChoice } from './template-source';

/** The state to compare with: a commit of the repository, or a template. */
export interface BaseChoice {
  readonly base?: string;
  readonly baseTemplate?: string;
  /** The command that installs the packages of the base. */
  readonly install?: string;
}

/** A plan with its template, and what is given of what only a deployment knows. */
export interface PlanWithTemplate extends ParsedPlan {
  readonly document: TemplateValue;
  readonly deployed: Readonly<Record<string, string>>;
}

/** A changed plan, and the plan before the change. */
export interface ChangedPlans {
  readonly changed: PlanWithTemplate;
  readonly base: {
    readonly name: string;
    readonly source?: PlanWithTemplate;
    /** Why there is no source. */
    readonly missing?: string;
  };
}

/**
 * Reads the plan of the app as it is here and of its base.
 *
 * @throws InputError if the app as it is here cannot be read, or if the base cannot be found. A base that is there and has no plan is no error: it
 *   may be from before the service, and the change may be what mends it.
 */
export async function readChangedPlans(source: TemplateChoice, choice: BaseChoice, interrupted: Promise<never>): Promise<ChangedPlans> {
  if (choice.base === undefined) {
    const name = choice.baseTemplate!;
    const changed = await readOne(source, interrupted);
    await assertTemplate(name);
    // a folder may have several stacks, a file is one.
    const before = { ...source, app: undefined, template: name, stack: isFolder(name) ? source.stack : undefined };
    return { changed, base: { name, ...(await readIfThere(before, '.', interrupted)) } };
  }
  const { base, install } = choice;
  const changed = await readOne(source, interrupted);
  try {
    const { hash, folder, dispose } = await checkOutBase(base, install, interrupted);
    const name = hash === base ? base : `${base} (${hash})`;
    try {
      return { changed, base: { name, ...(await readIfThere(source, folder, interrupted)) } };
    } finally {
      await dispose();
    }
  } catch (error) {
    if (!(error instanceof BaseError)) throw error;
    return { changed, base: { name: base, missing: error.message } };
  }
}

/** @throws InputError if `--base-template` is no template and no cloud assembly: then it was mistyped. */
async function assertTemplate(path: string): Promise<void> {
  if (isFolder(path)) await stacksOf(path);
  else Template.of(await readTemplateDocument('--base-template', path), `'${fileName(path)}'`);
}

async function readOne(choice: TemplateChoice, interrupted: Promise<never>, folder?: string): Promise<PlanWithTemplate> {
  const { plan, ignored, deployed, document, dispose } = await readTemplateSource(choice, interrupted, folder);
  dispose();
  return { plan, ignored, deployed, document };
}

async function readIfThere(
  choice: TemplateChoice,
  folder: string,
  interrupted: Promise<never>,
): Promise<{ readonly source?: PlanWithTemplate; readonly missing?: string }> {
  try {
    return { source: await readOne({ ...choice, isBase: true }, interrupted, folder) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { missing: error.errors.join('\n') };
  }
}
