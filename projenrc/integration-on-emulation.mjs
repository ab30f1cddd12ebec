// Runs integration tests from start to end on an emulation: deploys, puts under load, asserts, and deletes. What is asserted is what AWS's API answers.
//
//   node projenrc/integration-on-emulation.mjs [name of a test …]
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { everything } from './everything-in-emulation.mjs';

const SPEED = 20;
/** It takes four to five minutes where nothing else runs; what hangs is ended. */
const LIMIT_MINUTES = 25;
const LOCUST = 'locust==2.47.0';

/** The stories that each test has. */
const STORIES = {
  'scalable-stateless-service': ['scale-out', 'scale-in'],
  resilience: ['one task stopped under load', 'two tasks stopped under load'],
  rollback: ['a bad revision rolled back under load'],
  'latency-and-schedules': ['a schedule'],
  'blue-green': ['blue/green deployments under load, with scaling after each'],
};

/** The tests use a public image, which no registry is asked for: a task of it is the reference service. */
const IMAGE_COMMAND = 'public.ecr.aws/nginx/nginx=node service-image/dist/server.mjs';

const CDK = join('node_modules', '.bin', 'cdk');
const APP = 'node cdk.out/integ/{filePath}.js';

const children = new Set();

/** The status when it was ended before its end, or the emulation has failed; undefined otherwise. */
let stopCode;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    for (const child of children) child.kill('SIGINT');
    stopCode ??= 130;
  });

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(STORIES);
const generator = loadGenerator();
const missing = whatIsMissing() ?? generator.missing;
if (missing) console.log(`skipped: integration tests on an emulation: ${missing}`);
else {
  const hasPassed = await run().catch((error) => {
    if (stopCode === undefined) throw error;
    return false;
  });
  process.exitCode = stopCode ?? (hasPassed ? 0 : 1);
}

function whatIsMissing() {
  if (process.platform !== 'linux') return 'tasks that are processes need Linux';
  if (!succeeds('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']))
    return 'it needs Python 3.10 or later with venv';
  return undefined;
}

/** k6 or Locust where one is installed, or else Locust in a folder of its own. */
function loadGenerator() {
  if (succeeds('k6', ['version'])) return { tool: 'k6', path: process.env.PATH };
  if (succeeds('locust', ['--version'])) return { tool: 'locust', path: process.env.PATH };
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk-scalable-stateless-service-tests', 'locust');
  const locust = join(folder, 'bin', 'locust');
  const isInstalled = () => existsSync(locust) && succeeds(locust, ['--version']);
  if (!isInstalled()) {
    console.log(`installing ${LOCUST}, since neither k6 nor Locust is on the PATH`);
    succeeds('python3', ['-m', 'venv', folder]) && succeeds(join(folder, 'bin', 'pip'), ['install', '--quiet', LOCUST]);
  }
  if (!isInstalled()) return { missing: `it needs k6 or Locust on the PATH, and ${LOCUST} could not be installed` };
  return { tool: 'locust', path: [join(folder, 'bin'), process.env.PATH].join(delimiter) };
}

function succeeds(program, words) {
  return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

/** Whether all tests have passed, and have left nothing. */
async function run() {
  const startMillis = Date.now();
  const environment = { ...process.env, PATH: generator.path, AWS_REGION: undefined };
  const emulation = start('node', ['lib-cli/main.js', 'emulate', '--speed', String(SPEED), '--image-command', IMAGE_COMMAND], environment);
  const limit = setTimeout(() => {
    console.log(`not ended within ${LIMIT_MINUTES} minutes`);
    stopCode ??= 1;
    for (const child of children) child.kill('SIGINT');
  }, LIMIT_MINUTES * 60_000);
  try {
    const variables = await exportsOf(emulation);
    const settings = { SPEED: String(SPEED), LOAD_GENERATOR: generator.tool, CDK_DISABLE_STACK_TRACE: '1', JSII_DEPRECATED: 'quiet' };
    const inEmulation = { ...environment, ...variables, ...settings };
    const bootstrapped = await start(CDK, ['bootstrap', 'aws://123456789012/us-east-1'], inEmulation).ended;
    if (bootstrapped.code !== 0) return failed('cdk bootstrap', bootstrapped.output);
    const before = await everything(variables.AWS_ENDPOINT_URL);
    const results = await Promise.all(names.map((name) => runTest(name, inEmulation)));
    // five stacks under load at once may be too much for a busy machine: it is said, and tried once more.
    for (const [index, name] of names.entries()) {
      if (results[index] || stopCode !== undefined) continue;
      console.log(`repeated alone: ${name}`);
      results[index] = await runTest(name, inEmulation);
    }
    const after = await everything(variables.AWS_ENDPOINT_URL);
    const isEmpty =
      JSON.stringify(after) === JSON.stringify(before) ||
      failed('what the tests have left', JSON.stringify({ before, after }, undefined, 2));
    const stories = names.filter((_, index) => results[index]).flatMap((name) => STORIES[name] ?? []);
    const all = names.flatMap((name) => STORIES[name] ?? []);
    const seconds = Math.round((Date.now() - startMillis) / 1000);
    console.log(
      `${stories.length} of ${all.length} stories through the API of AWS, at ${SPEED} times its speed, with ${generator.tool}, in ${seconds} s`,
    );
    return isEmpty && results.every(Boolean);
  } finally {
    clearTimeout(limit);
    emulation.child.kill('SIGINT');
    const { code, output } = await emulation.ended;
    // that of a command that SIGINT has ended, once it has stopped everything.
    if (code !== 130) {
      failed('the emulation', output);
      stopCode ??= 1;
    }
  }
}

async function runTest(name, environment) {
  const startMillis = Date.now();
  const words = ['lib-cli/main.js', 'integ', '--cdk', CDK, '--app', APP, `integ/integ.${name}.ts`];
  const { code, output } = await start('node', words, environment).ended;
  const seconds = Math.round((Date.now() - startMillis) / 1000);
  if (code !== 0) return failed(`${name} after ${seconds} s`, output);
  console.log(`passed: ${name} in ${seconds} s: ${(STORIES[name] ?? []).join(', ')}; ${/\d+ assertions met/.exec(output)?.[0]}`);
  return true;
}

/** What fails has said why: the events of a stack that failed, and the last lines. */
function failed(title, output) {
  const lines = output.trimEnd().split('\n');
  const causes = lines.filter((line) => /FAILED|✗|error:/i.test(line) && !/DELETE_/.test(line)).slice(0, 20);
  console.log([`failed: ${title}`, ...causes, '…', ...lines.slice(-40)].map((line) => line.slice(0, 400)).join('\n'));
  return false;
}

/** Starts a process, in a group of its own, so that Ctrl-C reaches it through this one. */
function start(program, words, env) {
  const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  children.add(child);
  const started = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (started.output += text));
  started.ended = once(child, 'close').then(([code]) => {
    children.delete(child);
    return { code, output: started.output };
  });
  return started;
}

/** The variables that an emulation prints when it has started. */
async function exportsOf(emulation) {
  const hasEnded = emulation.ended.then(({ output }) => {
    throw new Error(`the emulation has not started:\n${output}`);
  });
  hasEnded.catch(() => {});
  while (!emulation.output.includes('Ctrl-C ends it'))
    await Promise.race([hasEnded, once(emulation.child.stdout, 'data'), once(emulation.child.stderr, 'data')]);
  return Object.fromEntries([...emulation.output.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]));
}
