// Compares the users of a segment of a k6 test as they are read here with those of a k6 that runs it: `npx tsx bench/k6-segments.ts PATH_OF_K6`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseK6 } from '../src/traffic/k6';
import { LoadOverTime } from '../src/traffic/traffic-phases';

const K6 = process.argv[2] ?? 'k6';

/** Iterations are cut at the end of a stage, so that k6 has the users that the stages say. */
const AT_ONCE = { gracefulStop: '0s', gracefulRampDown: '0s' };
const SCENARIOS = {
  'up and down': {
    ...{ executor: 'ramping-vus', startVUs: 0, ...AT_ONCE },
    stages: [
      { duration: '4s', target: 10 },
      { duration: '3s', target: 3 },
    ],
  },
  'from 20 to 5': { executor: 'ramping-vus', startVUs: 20, ...AT_ONCE, stages: [{ duration: '6s', target: 5 }] },
  constant: { executor: 'constant-vus', vus: 7, duration: '3s', gracefulStop: '0s' },
  rate: { executor: 'constant-arrival-rate', rate: 21, duration: '6s', preAllocatedVUs: 30, gracefulStop: '0s' },
  'rising rate': {
    ...{ executor: 'ramping-arrival-rate', startRate: 0, preAllocatedVUs: 30, gracefulStop: '0s' },
    stages: [{ duration: '8s', target: 30 }],
  },
};
const SEGMENTS = ['0:1/4', '1/4:1/2', '1/2:1', '1/3:2/3', '0:1/7', '3/10:7/10', '0.2:0.3'];

/** How long an iteration takes. */
const ITERATION_SECONDS = 0.05;
const BUCKET_SECONDS = 0.25;

const SCRIPT = `
import exec from 'k6/execution';
import { Trend } from 'k6/metrics';
import { sleep } from 'k6';
const present = new Trend('present');
export const options = JSON.parse(open(__ENV.OPTIONS));
export default function () {
  present.add(exec.vu.idInInstance, { at: String(Date.now() - exec.scenario.startTime) });
  sleep(${ITERATION_SECONDS});
}`;

interface Seen {
  readonly userSeconds: number;
  readonly iterations: number;
}

/** What k6 does: its iterations, and the seconds in which each of its users was there. */
async function runK6(folder: string, options: object): Promise<Seen> {
  const [file, csv] = [join(folder, 'options.json'), join(folder, 'samples.csv')];
  writeFileSync(file, JSON.stringify(options));
  const words = ['run', '--no-usage-report', '--quiet', '--address', '127.0.0.1:0', '--out', `csv=${csv}`, '--env', `OPTIONS=${file}`];
  const child = spawn(K6, [...words, join(folder, 'script.js')], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve());
  });
  const samples = readFileSync(csv, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('present,'));
  const buckets = samples.map((line) => `${line.split(',')[2]} ${Math.floor(Number(/at=(\d+)/.exec(line)![1]) / (1000 * BUCKET_SECONDS))}`);
  return { userSeconds: new Set(buckets).size * BUCKET_SECONDS, iterations: samples.length };
}

function readHere(options: object): Seen {
  const traffic = parseK6(JSON.stringify(options), {});
  const seconds = traffic.phases.length === 0 ? 0 : [...traffic.phases].reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  const loads = new LoadOverTime(traffic);
  let sum = 0;
  const step = 0.01;
  for (let at = step / 2; at < seconds; at += step) sum += loads.at(at).value * step;
  return { userSeconds: sum, iterations: sum };
}

async function compare(folder: string): Promise<void> {
  writeFileSync(join(folder, 'script.js'), SCRIPT);
  console.log('scenario | segment | unit | k6 | here');
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    for (const executionSegment of SEGMENTS) {
      const options = { executionSegment, scenarios: { load: scenario } };
      const [k6, here] = [await runK6(folder, options), readHere(options)];
      const unit = scenario.executor.endsWith('rate') ? 'iterations' : 'userSeconds';
      console.log([name, executionSegment, unit, k6[unit].toFixed(2), here[unit].toFixed(2)].join(' | '));
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'k6-segments-'));
void compare(folder).finally(() => rmSync(folder, { recursive: true }));
