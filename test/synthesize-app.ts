import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a CDK app gets in its environment from the CDK's command. */
export interface AppEnvironment {
  /** Where it writes to. */
  readonly outdir: string;
  readonly context?: Record<string, unknown>;
}

/** Runs a CDK app on the sources of this package. */
export function synthesizeApp(file: string, environment: AppEnvironment): Promise<void> {
  // a module of its own for each folder: an app that is imported once more is run once more.
  return runApp(() => import(`${pathToFileURL(file)}?to=${basename(environment.outdir)}`), environment);
}

/**
 * Runs a CDK app in this process: loading the CDK is most of what a process of its own would do.
 *
 * @param load loads its module. What it creates is synthesized where its process would end.
 */
export async function runApp(load: () => unknown, { outdir, context = {} }: AppEnvironment): Promise<void> {
  const before = process.rawListeners('beforeExit');
  const variables = { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  Object.assign(process.env, variables);
  try {
    await load();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
  for (const listener of process.rawListeners('beforeExit').filter((each) => !before.includes(each))) listener.call(process, 0);
}
