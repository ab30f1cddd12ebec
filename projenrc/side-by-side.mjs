// Runs commands side by side, and shows what each has printed as soon as it has ended. `%arguments` in a command is what follows `--`.
// `--after COMMAND` before a command has it wait until that one has succeeded; after a failure it is not run.
// The first command goes before the others wherever they compete for a processor: tests that wait in real time belong there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';

/** Enough to go behind, and not so much that a busy machine leaves nothing (nice value; half the weight of 0). */
const BEHIND = 3;

const AFTER = '--after';

const given = process.argv.slice(2);
const end = given.indexOf('--');
const [listed, words] = end < 0 ? [given, []] : [given.slice(0, end), given.slice(end + 1)];
const commands = parse(listed);
const [first] = commands;
const goesFirst = [first.command, ...first.after];

/** Whether each command succeeds. All are waited for in the order that they were given, and may wait for any other. */
const results = new Map();
const start = new Promise((resolve) => setImmediate(resolve));
for (const each of commands) results.set(each.command, runWhenReady(each));
process.exitCode = (await Promise.all(results.values())).every((succeeded) => succeeded) ? 0 : 1;

/** Each command, and what it waits for. */
function parse(list) {
  const parsed = [];
  let after = [];
  for (let index = 0; index < list.length; index += 1) {
    if (list[index] === AFTER) {
      index += 1;
      after.push(list[index]);
    } else {
      parsed.push({ command: list[index], after });
      after = [];
    }
  }
  const names = parsed.map(({ command }) => command);
  const unknown = parsed.flatMap((each) => each.after).filter((command) => !names.includes(command));
  if (unknown.length > 0) throw new Error(`${AFTER} must name a command of the list, got ${unknown.join(', ')}`);
  return parsed;
}

async function runWhenReady({ command, after }) {
  // until all are known.
  await start;
  const succeeded = await Promise.all(after.map((each) => results.get(each)));
  if (succeeded.every((each) => each)) return run(command);
  process.stdout.write(`\n== failed: ${command} (not run: it needs ${after.filter((_, index) => !succeeded[index]).join(', ')})\n`);
  return false;
}

async function run(command) {
  const started = performance.now();
  const text = command.replace('%arguments', words.map(quoted).join(' '));
  const child = spawn(text, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (!goesFirst.includes(command)) lower(child.pid);
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => printed.push(bytes));
  const [exitCode] = await once(child, 'close');
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`\n== ${exitCode === 0 ? '' : 'failed: '}${text} (${seconds} s)\n${Buffer.concat(printed)}`);
  return exitCode === 0;
}

/** What a command starts has the same priority. Where it may not be lowered, the commands compete as equals. */
function lower(processId) {
  try {
    setPriority(processId, BEHIND);
  } catch {}
}

function quoted(word) {
  return `"${word.replaceAll(/(["\\$`])/g, '\\$1')}"`;
}
