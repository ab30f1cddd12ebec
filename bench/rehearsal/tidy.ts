// Rehearsals interrupted at any moment, two at a time: what do they leave behind? About four seconds for each pair.
// Run: npm run bundle && npx tsx bench/rehearsal/tidy.ts [rehearsals, 40 by default]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { SeededRandom } from '../../src/math/seeded-random';
import { COMMAND } from '../../test/cli/run-command';
import { fileWith, shopTemplate } from '../../test/cli/shop-template';
import { tasksLeft } from '../../test/cli/tasks-left';

const [count = '40'] = process.argv.slice(2);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

/** From before anything has started until traffic flows, a while after the measurement. */
const LONGEST_SECONDS = 16;

/** How long a supervisor may take to end the tasks of a command that was killed. */
const LAST_BREATH_SECONDS = 2;

const MARK = `tidy-bench-${process.pid}`;
const SERVER = `node -e "require('http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT)" ${MARK}`;

async function main(): Promise<void> {
  const template = fileWith(shopTemplate());
  const before = state();
  const random = new SeededRandom(1);
  const endings = new Map<string, number>();
  try {
    for (let done = 0; done < Number(count); done += 2) {
      const pair = [0, 1].map(() =>
        interrupted(template.path, SIGNALS[Math.floor(random.uniform() * 3)]!, random.uniform() * LONGEST_SECONDS),
      );
      for (const how of await Promise.all(pair)) endings.set(how, (endings.get(how) ?? 0) + 1);
      process.stderr.write(`  … ${done + 2} of ${count}\n`);
    }
    await pass(LAST_BREATH_SECONDS * 1000);
  } finally {
    template.remove();
  }
  console.log(`${count} rehearsals, two at a time: ${[...endings].map(([how, times]) => `${times} ${how}`).join(', ')}`);
  console.log(
    `left behind: ${Object.entries(state())
      .map(([what, list]) => `${list.length - before[what as keyof typeof before].length} ${what}`)
      .join(', ')}`,
  );
  for (const line of tasksLeft(MARK)) console.log(line);
}

async function interrupted(template: string, signal: (typeof SIGNALS)[number], afterSeconds: number): Promise<string> {
  const words = ['rehearse', '--template', template, '--command', SERVER, '--speed', '60', '--traffic', 'users 5 think 100ms for 20m'];
  const child = spawn(process.execPath, [COMMAND, ...words], { stdio: 'ignore' });
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  await Promise.race([pass(afterSeconds * 1000), exit]);
  child.kill(signal);
  const [code, killed] = await exit;
  return killed ?? `exit code ${code}`;
}

/** What a rehearsal creates on a machine: processes, listening sockets, files, control groups. */
function state() {
  return {
    processes: tasksLeft(MARK),
    'listening sockets': listening(),
    files: readdirSync(tmpdir()).filter((name) => /^(cdk\.out-|cdk-scalable)/.test(name)),
    'control groups': ['/sys/fs/cgroup', '/sys/fs/cgroup/cpu', '/sys/fs/cgroup/memory'].flatMap((folder) =>
      existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('cdk-scalable')) : [],
    ),
  };
}

function listening(): string[] {
  const LISTEN = '0A';
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .filter(existsSync)
    .flatMap((file) => readFileSync(join(file), 'utf8').split('\n').slice(1))
    .filter((line) => line.trim().split(/\s+/)[3] === LISTEN);
}

void main();
