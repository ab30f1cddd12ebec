/**
 * Ends commands at random moments, and looks for what is left behind: processes, temporary folders, control groups, containers.
 *
 *   npm run bundle && npx tsx bench/interruptions.ts [--count 200] [--command check|measure|rehearse] [--runtime docker] [--app] [--seed 1]
 *
 * The ends take turns: Ctrl-C and a closed terminal, for which the command runs in a terminal of its own, SIGTERM, and SIGKILL of the
 * command itself. With `--app` the task is that of a CDK app, which is synthesized. Some run at a time. The moments are drawn from a
 * seed, so that a run can be repeated. All of them have a temporary folder of their own, which must be empty in the end, and by whose
 * name their processes are found.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { OWNER_LABEL } from '../rehearsal/task-runtime/container/container-engine';
import { findControlGroupParent } from '../rehearsal/task-runtime/limits/cgroup-folders';
import { hasOwnerExited } from '../rehearsal/task-runtime/process/owner-id';
import { CONTAINER_ENGINES } from '../rehearsal/task-runtime/task-container';
import { SeededRandom } from '../src/math/seeded-random';
import { buildNodeImage, NODE_IMAGE } from './node-image';

const REPOSITORY = join(__dirname, '..');
const COMMAND = join(REPOSITORY, 'lib-cli', 'main.js');
const AT_ONCE = 4;

/** The ends, and who gets the signal: a terminal sends Ctrl-C to the whole group of the command. */
const ENDS = ['Ctrl-C', 'SIGTERM', 'closed terminal', 'SIGKILL'] as const;

/** How long the supervisor of a killed command may take to remove its tasks. */
const MAX_CLEANUP_SECONDS = 30;

const SERVER = `require('node:http').createServer((request, response) => setTimeout(() => response.end('ok'), request.url === '/slow' ? 1000 : 0)).listen(process.env.PORT)`;

/** The words of each command, and the seconds from before anything has started until it has ended or works at its last part. */
const COMMANDS = {
  check: { words: ['--slow-path', '/slow'], seconds: 18 },
  measure: { words: ['--path', '/'], seconds: 25 },
  rehearse: { words: ['--speed', '60', '--traffic', 'users 5 think 100ms for 20m'], seconds: 40 },
};

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '40' },
    command: { type: 'string', default: 'check' },
    runtime: { type: 'string', default: 'process' },
    app: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});

async function main(): Promise<boolean> {
  const { words, seconds } = COMMANDS[values.command as keyof typeof COMMANDS];
  const folder = mkdtempSync(join(tmpdir(), 'interruptions-'));
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary);
  writeFileSync(join(folder, 'server.cjs'), SERVER);
  const random = new SeededRandom(Number(values.seed));
  const turns = Array.from({ length: Number(values.count) }, (_, number) => ({
    end: ENDS[number % ENDS.length]!,
    seconds: random.uniform() * seconds,
  }));
  const count = turns.length;
  const endings = new Map<string, number>();
  const before = leftovers(temporary);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
        const ending = `${turn.end}: ${await interrupt(start([values.command, ...taskWords(), ...words], turn.end, folder, temporary), turn)}`;
        endings.set(ending, (endings.get(ending) ?? 0) + 1);
        process.stderr.write(`\r${turns.length} to start `);
      }
    }),
  );
  const endsAtMillis = performance.now() + 1000 * MAX_CLEANUP_SECONDS;
  const left = (): string[] => leftovers(temporary).filter((name) => !before.includes(name));
  while (left().length > 0 && performance.now() < endsAtMillis) await delay(500);
  const remaining = left();
  const lastSeconds = MAX_CLEANUP_SECONDS - (endsAtMillis - performance.now()) / 1000;
  console.log(`\n${count} of ${values.command} with ${values.app ? 'an app' : values.runtime}, ended`);
  for (const [ending, times] of [...endings].sort()) console.log(`  ${times} × ${ending}`);
  console.log(`left ${lastSeconds.toFixed(1)} s after the last of them: ${remaining.length === 0 ? 'nothing' : remaining.join('\n  ')}`);
  for (const processId of processesOf(temporary)) process.kill(Number(processId), 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  return remaining.length === 0;
}

/** The options that name the task. */
function taskWords(): string[] {
  if (values.app) return ['--app', `npx tsx --tsconfig tsconfig.dev.json ${resolve(REPOSITORY, 'examples/search-service/app.ts')}`];
  if (values.runtime === 'process') return ['--command', 'node server.cjs'];
  return ['--runtime', values.runtime, '--image', NODE_IMAGE, '--set', 'container.port=8080', '--command', `node -e "${SERVER}"`];
}

/** Starts a command; for the ends of a terminal in one, which `script` of util-linux makes. */
function start(words: readonly string[], end: (typeof ENDS)[number], folder: string, temporary: string): ChildProcess {
  const options = {
    cwd: values.app ? REPOSITORY : folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'],
  };
  const all = [process.execPath, COMMAND, ...words];
  const quoted = all.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  return end === 'Ctrl-C' || end === 'closed terminal'
    ? spawn('script', ['--quiet', '--return', '--command', `exec ${quoted}`, '/dev/null'], options)
    : spawn(all[0]!, all.slice(1), options);
}

/** Ends a command at a moment, and returns how it has ended. */
async function interrupt(child: ChildProcess, { end, seconds }: { readonly end: string; readonly seconds: number }): Promise<string> {
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  await Promise.race([exited, delay(1000 * seconds)]);
  if (child.exitCode !== null) return `ended by itself with ${child.exitCode}`;
  if (end === 'Ctrl-C') child.stdin!.write('\x03');
  // the terminal is gone with the process that made it: the kernel sends SIGHUP.
  else child.kill(end === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
  const [code, signal] = await exited;
  return String(signal ?? code);
}

/** Kept by tsx, which runs the app. */
const FOLDER_OF_TSX = /^tsx-\d+$/;

/** What a command creates on a machine. */
function leftovers(temporary: string): string[] {
  return [
    ...processesOf(temporary).map((id) => `process ${id}: ${commandLineOf(id)}`),
    ...readdirSync(temporary).flatMap((name) => (FOLDER_OF_TSX.test(name) ? [] : [join(temporary, name)])),
    ...controlGroupsLeft(),
    ...CONTAINER_ENGINES.filter((engine) => engine === values.runtime).flatMap(containersLeft),
  ];
}

/** The processes that have the temporary folder in their environment. */
function processesOf(temporary: string): string[] {
  return readdirSync('/proc').filter((id) => /^\d+$/.test(id) && readOf(id, 'environ').includes(`TMPDIR=${temporary}`));
}

function commandLineOf(id: string): string {
  return readOf(id, 'cmdline').replaceAll('\0', ' ');
}

function readOf(id: string, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

/** The control groups of supervisors that have exited. */
function controlGroupsLeft(): string[] {
  const parent = findControlGroupParent();
  if ('unavailable' in parent) return [];
  const folders = [
    ...new Set(Object.values(parent).filter((value): value is string => typeof value === 'string' && value.startsWith('/'))),
  ];
  return folders.flatMap((folder) => readdirSync(folder).flatMap((name) => (hasOwnerExited(name) ? [join(folder, name)] : [])));
}

/** The containers of supervisors that have exited. */
function containersLeft(engine: string): string[] {
  const format = `{{.Label "${OWNER_LABEL}"}} {{.Names}}`;
  const lines = execFileSync(engine, ['ps', '--all', '--filter', `label=${OWNER_LABEL}`, '--format', format], { encoding: 'utf8' });
  return lines.split('\n').filter((line) => hasOwnerExited(line.split(' ')[0]!));
}

if (values.runtime !== 'process') buildNodeImage(values.runtime);
main().then((isClean) => {
  process.exitCode = isClean ? 0 : 1;
});
