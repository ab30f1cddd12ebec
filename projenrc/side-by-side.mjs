// Runs commands side by side, and shows what each has printed as soon as it has ended. `%arguments` in a command is what follows `--`.
// `--after COMMAND` before a command has it wait until that one has succeeded; after a failure it is not run.
// `--repeat` before a command has it run once more if it failed, alone, after all others: with `%arguments` being the test files that have failed.
// The first command goes before the others wherever they compete for a processor: tests that wait in real time belong there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';

/** Enough to go behind, and not so much that a busy machine leaves nothing (nice value; half the weight of 0). */
const BEHIND = 3;

const AFTER = '--after';
const REPEAT = '--repeat';

/** A test that failed, as vitest names it: its project and its file. */
const FAILED_TEST = /^ *FAIL +\|[^|]+\| (\S+)/gm;

const given = process.argv.slice(2);
const end = given.indexOf('--');
const [listed, words] = end < 0 ? [given, []] : [given.slice(0, end), given.slice(end + 1)];
const commands = parse(listed);
const [first] = commands;
const goesFirst = [first.command, ...first.after];

/** Whether each command succeeds. All are waited for in the order that they were given, and may wait for any other. */
const results = new Map();
const start = new Promise((resolve) => setImmediate(resolve));
const toRepeat = [];
for (const each of commands) results.set(each.command, runWhenReady(each));
await Promise.all(results.values());
for (const { command, files } of toRepeat) results.set(command, (await run(command, files)).succeeded);
process.exitCode = (await Promise.all(results.values())).every((succeeded) => succeeded) ? 0 : 1;

/** Each command, what it waits for, and whether it may be repeated. */
function parse(list) {
  const parsed = [];
  let after = [];
  let isRepeated = false;
  for (let index = 0; index < list.length; index += 1) {
    if (list[index] === AFTER) {
      index += 1;
      after.push(list[index]);
    } else if (list[index] === REPEAT) {
      isRepeated = true;
    } else {
      parsed.push({ command: list[index], after, isRepeated });
      after = [];
      isRepeated = false;
    }
  }
  const names = parsed.map(({ command }) => command);
  const unknown = parsed.flatMap((each) => each.after).filter((command) => !names.includes(command));
  if (unknown.length > 0) throw new Error(`${AFTER} must name a command of the list, got ${unknown.join(', ')}`);
  return parsed;
}

async function runWhenReady({ command, after, isRepeated }) {
  // until all are known.
  await start;
  const succeeded = await Promise.all(after.map((each) => results.get(each)));
  if (!succeeded.every((each) => each)) {
    process.stdout.write(`\n== failed: ${command} (not run: it needs ${after.filter((_, index) => !succeeded[index]).join(', ')})\n`);
    return false;
  }
  const first = await run(command, words, isRepeated);
  if (!first.succeeded && isRepeated) toRepeat.push({ command, files: first.failedFiles.length > 0 ? first.failedFiles : words });
  return first.succeeded;
}

/** Runs a command and shows what it has printed; as a quotation where the command will be repeated. */
async function run(command, args, isRepeated = false) {
  const started = performance.now();
  const text = command.replace('%arguments', args.map(quoted).join(' '));
  const child = spawn(text, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (!goesFirst.includes(command)) lower(child.pid);
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => chunks.push(bytes));
  const [exitCode] = await once(child, 'close');
  const succeeded = exitCode === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const printed = Buffer.concat(chunks).toString();
  const failure = isRepeated ? 'failed beside the others, will be repeated alone: ' : 'failed: ';
  const shown = succeeded || !isRepeated ? printed : printed.replaceAll(/^/gm, '| ');
  process.stdout.write(`\n== ${succeeded ? '' : failure}${text} (${seconds} s)\n${shown}\n`);
  return { succeeded, failedFiles: [...new Set([...printed.matchAll(FAILED_TEST)].map(([, file]) => file))] };
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
