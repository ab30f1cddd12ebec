import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';
import type { ReadPlan } from '../src/plan/plan';
import { readPlan } from '../src/plan/read-plan';
import { Template } from '../src/plan/template';
import { appOfCdkJson, synthesize } from './synthesize';

/** Where the caller says that the template comes from. */
export interface TemplateChoice {
  readonly template?: string;
  readonly app?: string;
  readonly stack?: string;
  readonly service?: string;
}

/** A plan, and the folder beside its template, where the assets are listed. */
export interface PlanSource extends ReadPlan {
  readonly assemblyFolder: string;
  readonly template: Template;
  /** Deletes what was synthesized for this source. */
  readonly remove: () => void;
}

/** Reads the plan that the caller has chosen, synthesizing the app first where it comes from one. */
export async function readPlanSource(choice: TemplateChoice, interrupted: Promise<never>): Promise<PlanSource> {
  if (choice.template !== undefined && choice.app !== undefined) {
    throw new InvalidInput(['--template and --app must not be given together, got both: leave one out']);
  }
  if (choice.template !== undefined && choice.stack !== undefined) {
    throw new InvalidInput([`--stack must go with --app, got '${choice.stack}' beside --template: leave it out`]);
  }
  if (choice.template !== undefined) return readFile(choice.template, choice, () => {});
  const app = choice.app ?? appOfCdkJson();
  if (app === undefined || app.trim() === '') {
    throw new InvalidInput([
      "a template must be given with --template or --app, got none and no cdk.json here: try --app 'npx tsx app.ts'",
    ]);
  }
  const assembly = await synthesize(app, interrupted);
  try {
    return readFile(chooseTemplate(assembly.folder, choice.stack), choice, assembly.remove);
  } catch (error) {
    assembly.remove();
    throw error;
  }
}

function readFile(file: string, choice: TemplateChoice, remove: () => void): PlanSource {
  const template = Template.parse(readText(file), file);
  return { ...readPlan(template, choice.service), template, assemblyFolder: dirname(file), remove };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InvalidInput([`--template must be a file that can be read, got '${file}'`]);
  }
}

/** The template of the stack that was asked for, or of the only one that holds an ECS service. */
function chooseTemplate(folder: string, stack: string | undefined): string {
  const suffix = '.template.json';
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const candidates =
    stack === undefined ? names.filter((name) => holdsService(join(folder, name + suffix))) : names.filter((name) => name === stack);
  if (candidates.length === 1) return join(folder, candidates[0] + suffix);
  if (stack !== undefined) throw new InvalidInput([`--stack must be one of ${names.join(', ')}, got '${stack}'`]);
  throw new InvalidInput([
    candidates.length === 0
      ? `the app must have a stack with an AWS::ECS::Service, got none in ${names.join(', ') || 'no stack'}`
      : `the app has ${candidates.length} stacks with a service: choose one with --stack, got none (${candidates.join(', ')})`,
  ]);
}

function holdsService(file: string): boolean {
  return Template.parse(readFileSync(file, 'utf8'), file).ofType('AWS::ECS::Service').length > 0;
}
