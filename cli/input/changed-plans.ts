import { InputError } from '../../src/parse/input-error';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { BaseError, checkOutBase } from './base-commit';
import { readTemplateDocument } from './template-file';
import { readPlanSource, type TemplateChoice } from './template-source';

/** The state to compare with: a commit of the repository, or a template. */
export interface BaseChoice {
  readonly base?: string;
  readonly baseTemplate?: string;
  /** The command that installs the packages of the base. */
  readonly install?: string;
}

/** A plan with the text of its template. */
export interface PlanWithTemplate extends ParsedPlan {
  readonly text: string;
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
    const before = await readOne({ template: name, service: source.service }, interrupted);
    return { changed: await readOne(source, interrupted), base: { name, source: before } };
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

async function readOne(choice: TemplateChoice, interrupted: Promise<never>, folder?: string): Promise<PlanWithTemplate> {
  const { plan, ignored, templateFile, dispose } = await readPlanSource(choice, interrupted, folder);
  try {
    return { plan, ignored, text: JSON.stringify(await readTemplateDocument('--template', templateFile)) };
  } finally {
    dispose();
  }
}

async function readIfThere(
  choice: TemplateChoice,
  folder: string,
  interrupted: Promise<never>,
): Promise<{ readonly source?: PlanWithTemplate; readonly missing?: string }> {
  try {
    return { source: await readOne(choice, interrupted, folder) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { missing: error.errors.join('\n') };
  }
}
