// Runs commands side by side, and shows what each has printed as soon as it has ended. `%arguments` in a command is what follows `--`.
// The first command goes before the others wherever they compete for a processor: tests that wait in real time belong there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';

/** Enough to go behind, and not so much that a busy machine leaves nothing (nice value; half the weight of 0). */
const BEHIND = 3;

const given = process.argv.slice(2);
const end = given.indexOf('--');
const [commands, words] = end < 0 ? [given, []] : [given.slice(0, end), given.slice(end + 1)];

const results = await Promise.all(
  commands.map((command, index) => run(command.replace('%arguments', words.map(quoted).join(' ')), index > 0)),
);
process.exitCode = results.every((exitCode) => exitCode === 0) ? 0 : 1;

async function run(command, isBehind) {
  const started = performance.now();
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  if (isBehind) lower(child.pid);
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => printed.push(bytes));
  const [exitCode] = await once(child, 'close');
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stdout.write(`\n== ${exitCode === 0 ? '' : 'failed: '}${command} (${seconds} s)\n${Buffer.concat(printed)}`);
  return exitCode;
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
