import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlGroupIn } from '../rehearsal/task-runtime/limits/cgroup';
import { findControlGroupParent } from '../rehearsal/task-runtime/limits/cgroup-folders';
import { type RuntimeHere, runtimesHere } from './runtimes-here';

// Starts and stops tasks again and again, by each runtime that this machine has, and counts what is left of them.
//
// npx projen bundle && npx tsx bench/starts-and-stops.ts [count]

const COUNT = Number(process.argv[2] ?? 200);
const AT_ONCE = 5;
const MARK = 'started and stopped';
const SCRIPT = `/* ${MARK} */ require('node:http').createServer((_, answer) => answer.end()).listen(process.env.PORT); process.on('SIGTERM', () => process.exit());`;

async function main(): Promise<void> {
  const runtimes = runtimesHere((line) => console.log(line));
  // a separate folder, so that files of other processes do not count.
  const folder = mkdtempSync(join(tmpdir(), 'starts-and-stops-'));
  process.env['TMPDIR'] = folder;
  console.log(`\n${COUNT} starts and stops, ${AT_ONCE} at once\n`);
  console.log('| runtime | seconds | processes left | containers left | cgroups left | files left |\n|---|---|---|---|---|---|');
  for (const runtime of runtimes) {
    const startedAt = performance.now();
    await startAndStop(runtime);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(
      `| ${runtime.name} | ${seconds.toFixed(1)} | ${processes()} | ${containers(runtime)} | ${controlGroups()} | ${readdirSync(folder).length} |`,
    );
  }
  rmSync(folder, { recursive: true });
}

async function startAndStop({ start }: RuntimeHere): Promise<void> {
  const runtime = await start(SCRIPT, { cpu: 256, memoryMiB: 512 });
  try {
    let left = COUNT;
    const one = async (): Promise<void> => {
      while (left-- > 0) await (await runtime.run()).stop(5);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  } finally {
    await runtime.stop();
  }
}

function processes(): number {
  const list = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(MARK)).length;
}

function containers({ name }: RuntimeHere): number {
  if (name.startsWith('process')) return 0;
  const label = 'label=cdk-scalable-stateless-service.owner';
  return execFileSync(name, ['ps', '--all', '--quiet', '--filter', label], { encoding: 'utf8' }).split('\n').filter(Boolean).length;
}

function controlGroups(): number {
  const parent = findControlGroupParent();
  if ('unavailable' in parent) return 0;
  const names = controlGroupIn(parent).folders.flatMap((folder) => readdirSync(folder));
  return names.filter((name) => name.startsWith('cdk-rehearsal-')).length;
}

main();
