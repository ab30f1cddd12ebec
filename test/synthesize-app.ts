import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Runs a CDK app on the sources of this package, in this process: loading the CDK is most of what a process of its own would do.
 *
 * It gets its folder and its context as from the CDK's command, and is synthesized where its process would end.
 */
export async function synthesizeApp(file: string, outdir: string, context: Record<string, unknown> = {}): Promise<void> {
  const before = process.rawListeners('beforeExit');
  const environment = { CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  Object.assign(process.env, environment);
  // a module of its own for each folder: an app that is imported once more is run once more.
  await import(`${pathToFileURL(file)}?to=${basename(outdir)}`);
  for (const name of Object.keys(environment)) delete process.env[name];
  for (const listener of process.rawListeners('beforeExit').filter((each) => !before.includes(each))) listener.call(process, 0);
}
