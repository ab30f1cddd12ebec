import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../consumer';
import { EXAMPLES, FOLDERS } from './examples';

/** A step of a workflow or of a composite action. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job of a workflow. */
export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

/** A workflow of GitHub Actions. */
export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The workflows of the examples, by their paths below `examples`. */
export const WORKFLOWS: ReadonlyMap<string, Workflow> = new Map(
  FOLDERS.flatMap((example) =>
    namesIn(join(EXAMPLES, example, '.github', 'workflows')).map((name) => {
      const path = `${example}/.github/workflows/${name}`;
      return [path, parse(readFileSync(join(EXAMPLES, path), 'utf8')) as Workflow] as const;
    }),
  ),
);

/** The steps of the composite action in `forecast-gate`. */
export const ACTION_STEPS: readonly Step[] = parse(readFileSync(join(ROOT, 'forecast-gate/action.yml'), 'utf8')).runs.steps;

/** The step of a job that has a name. */
export function stepOf(path: string, job: string, name: string): Step {
  const step = WORKFLOWS.get(path)?.jobs[job]?.steps?.find((each) => each.name === name);
  if (step === undefined) throw new Error(`${path} has no step '${name}' in its job '${job}'`);
  return step;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
