import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { signalGroup } from '../../rehearsal/task-runtime/process/process-group';
import { InputError } from '../../src/parse/input-error';
import { type Hook, readTestCases, type TestCase } from '../input/integration-test';
import { type CloudAssembly, synthesize } from '../input/synthesize';
import { type AssertionResults, readAssertionResults } from '../output/assertion-results';
import { EndpointWatch } from './endpoint-watch';

/** The arguments of `integ`. */
export interface IntegArguments {
  readonly command: 'integ';
  readonly files: readonly string[];

  /** The command of the app of a file. */
  readonly app: string;

  /** The `cdk` command. */
  readonly cdk: string;

  /** Whether the stacks are deleted at the end. */
  readonly clean: boolean;
}

/** What in an argument is the file. */
const FILE = '{filePath}';

/** The command `integ`: deploys each integration test with the `cdk` command of the project, and returns whether all assertions are met. */
export async function integCommand(args: IntegArguments, interrupted: Promise<never>): Promise<boolean> {
  for (const file of args.files) if (!existsSync(file)) throw new InputError([`${file} must be a file with an integration test, got none`]);
  const endpoint = new EndpointWatch(process.env['AWS_ENDPOINT_URL']);
  try {
    return await runFiles(args, endpoint, Promise.race([interrupted, endpoint.ended]));
  } finally {
    endpoint.stop();
  }
}

async function runFiles(args: IntegArguments, endpoint: EndpointWatch, interrupted: Promise<never>): Promise<boolean> {
  // it is raced against again and again.
  interrupted.catch(() => {});
  let [passed, total] = [0, 0];
  for (const file of args.files) {
    const app = args.app.replaceAll(FILE, file);
    const assembly = await synthesize(app, interrupted);
    try {
      for (const testCase of readTestCases(app, assembly.folder)) {
        total += 1;
        if (await runTestCase(testCase, assembly, { ...args, endpoint }, interrupted)) passed += 1;
      }
    } finally {
      assembly.dispose();
    }
  }
  const failed = total - passed;
  const counts = [...(failed > 0 ? [`${failed} failed`] : []), ...(passed > 0 ? [`${passed} passed`] : []), `${total} total`];
  process.stdout.write(`\nTest Results: \n\nTests:    ${counts.join(', ')}\n`);
  return failed === 0;
}

/** Deploys the stacks of a test case, then its assertions, and deletes all of them, however it ends. */
async function runTestCase(
  testCase: TestCase,
  { folder }: CloudAssembly,
  args: IntegArguments & { readonly endpoint: EndpointWatch },
  interrupted: Promise<never>,
): Promise<boolean> {
  const outputs = join(folder, 'assertion-results.json');
  const cdk = (words: string, interruption?: Promise<never>) => run(`${args.cdk} ${words} --app ${quoted(folder)}`, interruption);
  const hook = (name: Hook, interruption?: Promise<never>) => runHook(testCase.hooks[name], interruption);
  const start = Date.now();
  const deploy = async (stacks: readonly string[]): Promise<boolean> =>
    stacks.length === 0 ||
    cdk(`deploy ${stacks.map(quoted).join(' ')} --require-approval never --outputs-file ${quoted(outputs)}`, interrupted);
  const assertions = testCase.assertionStack === undefined ? [] : [testCase.assertionStack];
  try {
    const isDeployed =
      (await hook('preDeploy', interrupted)) &&
      (await deploy(testCase.stacks)) &&
      (await deploy(assertions)) &&
      (await hook('postDeploy', interrupted));
    return report(testCase, isDeployed, readAssertionResults(outputs), start);
  } finally {
    if (args.endpoint.hasEnded) process.stderr.write('nothing is deleted: it has ended with the endpoint\n');
    else if (args.clean) await destroy(testCase, cdk, hook);
    else process.stderr.write(`not deleted: ${[...assertions, ...testCase.stacks].join(', ')}\n`);
  }
}

/** The `cdk` command deletes the stack of the assertions first: it imports values of the others. */
async function destroy(
  { stacks, assertionStack }: TestCase,
  cdk: (words: string) => Promise<boolean>,
  hook: (name: Hook) => Promise<boolean>,
): Promise<void> {
  await hook('preDestroy');
  const names = [...(assertionStack === undefined ? [] : [assertionStack]), ...stacks];
  const isDeleted = await cdk(`destroy ${names.map(quoted).join(' ')} --force`);
  if (!isDeleted) process.stderr.write(`not deleted: ${names.join(', ')}: delete them by hand\n`);
  await hook('postDestroy');
}

function report({ name }: TestCase, isDeployed: boolean, { met, unmet }: AssertionResults, start: number): boolean {
  const isPassed = isDeployed && unmet.length === 0;
  const seconds = Math.round((Date.now() - start) / 1000);
  const lines = unmet.map((assertion) => `      ${assertion.name}: ${assertion.message}`);
  const reason = isDeployed ? [] : ['      not deployed, or an assertion was waited for and not met: see the events above'];
  const text = [`  ${isPassed ? 'SUCCESS  ' : 'FAILED   '}  ${name} ${seconds}s`, `      ${met} assertions met`, ...lines, ...reason];
  process.stdout.write(`${text.join('\n')}\n`);
  return isPassed;
}

async function runHook(commands: readonly string[] = [], interrupted?: Promise<never>): Promise<boolean> {
  for (const command of commands) if (!(await run(command, interrupted))) return false;
  return true;
}

/** Runs a command in a shell, with its output on stderr, and returns whether it has succeeded. */
async function run(command: string, interrupted?: Promise<never>): Promise<boolean> {
  // a separate process group, so that what the shell starts is ended with it, and Ctrl-C does not end what deletes the stacks.
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', process.stderr, process.stderr] });
  const exited = once(child, 'close').then(([code]) => code === 0);
  try {
    return await (interrupted === undefined ? exited : Promise.race([exited, interrupted]));
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) signalGroup(child.pid, 'SIGTERM');
  }
}

/** A word of a shell. */
function quoted(text: string): string {
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}

const HELP = `
The file is an app with an IntegTest of @aws-cdk/integ-tests-alpha. It is deployed by the cdk command of the project, whichever version that is:
integ-runner has one of its own, which reads no app of a CDK newer than 2.257. Snapshots are not compared.
Whatever happens, the stacks are deleted at the end; a second Ctrl-C leaves them.

Examples:
  $ npx ecs-rehearsal integ integ/integ.shop.ts
  $ npx ecs-rehearsal integ integ/integ.shop.ts --cdk "npx cdk --profile test" --no-clean`;

interface Options {
  readonly app: string;
  readonly cdk: string;
  readonly clean: boolean;
}

/** Adds the command `integ`. */
export function addInteg(program: Command, onParsed: (parsed: IntegArguments) => void): void {
  program
    .command('integ')
    .description(
      'Deploy integration tests with the cdk command of the project, print which assertions are met, and delete what was deployed.',
    )
    .argument('<file...>', 'files with integration tests')
    .option('--app <command>', 'the command of the app of a file, which is {filePath}', `npx tsx ${FILE}`)
    .option('--cdk <command>', 'the cdk command, with options for all calls', 'npx cdk')
    .option('--no-clean', 'leave the stacks deployed, to look at them')
    .addHelpText('after', HELP)
    .action((files: string[], { app, cdk, clean }: Options) => onParsed({ command: 'integ', files, app, cdk, clean }));
}
