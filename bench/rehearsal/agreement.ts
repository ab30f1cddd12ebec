// How far a rehearsal is from the forecast of the same scenario, with the workload that was measured just before. About a quarter of an hour.
// Run: npm run bundle && npx tsx bench/rehearsal/agreement.ts [speed] [name of a story]
import { clockTime } from '../../src/scenario/duration';
import { mean } from '../../src/scenario/mean';
import { desiredCounts, type Outcome } from '../../src/scenario/outcome';
import type { Scenario } from '../../src/scenario/scenario';
import type { Traffic } from '../../src/scenario/traffic';
import { measured, type Story, startRuntime, tell } from './search-rehearsal';

/** A user of the published load test waited for 31 ms on the way there and back, which loopback does not take. */
const THINK = 'think 31ms';

const STORIES: readonly Story[] = [
  { name: 'steady: 60 users', traffic: `users 60 ${THINK} for 12m` },
  { name: '5, 30, then 120 users', traffic: `users 5 ${THINK} for 3m, users 30 ${THINK} for 4m, users 120 ${THINK} for 16m` },
  { name: 'ramp: 30 to 120 users', traffic: `users 30..120 ${THINK} for 20m, users 120 ${THINK} for 6m` },
  { name: 'spike: 30, 120, 30 users', traffic: `users 30 ${THINK} for 4m, users 120 ${THINK} for 12m, users 30 ${THINK} for 26m` },
  {
    name: 'oscillation: 20 and 110 users',
    traffic: `users 20 ${THINK} for 5m, users 110 ${THINK} for 10m, users 20 ${THINK} for 10m, users 110 ${THINK} for 10m`,
  },
  { name: 'one of two tasks stopped', traffic: `users 30 ${THINK} for 12m`, faults: ['stop 1 at 4m'] },
];

/** What counts as agreement. */
const PERIOD_SECONDS = 60;
const PERIODS = 1.1;
const CPU_POINTS = 5;
const REQUESTS_PERCENT = 5;

const [speed = '20', only] = process.argv.slice(2);

async function main(): Promise<void> {
  const runtime = await startRuntime();
  try {
    console.log(`${runtime.description}; ${speed} times as fast\n`);
    console.log(
      '| scenario | desired counts: forecast | rehearsal | scaling times apart, s (at most) | CPU apart, points: minute by minute | mean of the worst phase | requests apart, % | failed: forecast | rehearsal | agree | workload |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|---|---|');
    for (const story of STORIES.filter(({ name }) => only === undefined || name.includes(only))) {
      const workload = await measured(runtime);
      const { foreseen, outcome, scenario } = await tell({ ...story, speed: Number(speed) }, workload, runtime);
      console.log(row(story.name, scenario, foreseen, outcome));
    }
  } finally {
    await runtime.stop();
  }
}

function row(name: string, scenario: Scenario, foreseen: Outcome, outcome: Outcome): string {
  const [expected, got] = [foreseen, outcome].map((each) => desiredCounts(each).join(' → '));
  const late = timesApart(foreseen, outcome);
  const minutes = comparableMinutes(foreseen, outcome);
  const points = mean(minutes.map(({ foreseenPercent, percent }) => Math.abs(percent - foreseenPercent)));
  const percent = 100 * Math.abs((Number(speed) * outcome.totals.requests) / foreseen.totals.requests - 1);
  const isAgreed = expected === got && late <= PERIODS * PERIOD_SECONDS && points <= CPU_POINTS && percent <= REQUESTS_PERCENT;
  // at speed there are as many fewer requests.
  const failed = [foreseen.totals.failedRequests / Number(speed), outcome.totals.failedRequests].map(Math.round);
  const times = foreseen.activities.map(({ startSeconds }, index) => `${clockTime(startSeconds)} and ${at(outcome, index)}`).join(', ');
  return `| ${[
    name,
    expected,
    got,
    late === 0 && times === '' ? '–' : `${late.toFixed(0)} (${times})`,
    points.toFixed(1),
    worstPhase(scenario.traffic, minutes).toFixed(1),
    percent.toFixed(1),
    ...failed,
    isAgreed ? 'yes' : 'no',
    `${(1000 * scenario.workload.cpuSecondsPerRequest).toFixed(3)} ms and ${scenario.workload.fixedCores.toFixed(3)} cores`,
  ].join(' | ')} |`;
}

function at({ activities }: Outcome, index: number): string {
  const activity = activities[index];
  return activity === undefined ? 'never' : clockTime(activity.startSeconds);
}

function timesApart(foreseen: Outcome, outcome: Outcome): number {
  const pairs = foreseen.activities.map((activity, index) => [activity.startSeconds, outcome.activities[index]?.startSeconds] as const);
  return Math.max(0, ...pairs.map(([expected, got]) => (got === undefined ? Number.POSITIVE_INFINITY : Math.abs(got - expected))));
}

interface ComparableMinute {
  readonly endSeconds: number;
  readonly foreseenPercent: number;
  readonly percent: number;
}

/** The minutes in which as many tasks serve in both: where one serves a minute earlier, CPU says nothing of the model. */
function comparableMinutes(foreseen: Outcome, outcome: Outcome): ComparableMinute[] {
  return foreseen.timeline.flatMap(({ atSeconds, healthyCount, cpuUtilizationPercent }, index) => {
    const same = outcome.timeline[index];
    if (same?.cpuUtilizationPercent === undefined || cpuUtilizationPercent === undefined || healthyCount !== same.healthyCount) return [];
    return [{ endSeconds: atSeconds, foreseenPercent: cpuUtilizationPercent, percent: same.cpuUtilizationPercent }];
  });
}

/** The most by which the mean CPU of a phase of the traffic is off. */
function worstPhase({ phases }: Traffic, minutes: readonly ComparableMinute[]): number {
  let startSeconds = 0;
  let worst = 0;
  for (const { durationSeconds } of phases) {
    const endSeconds = startSeconds + durationSeconds;
    const within = minutes.filter((minute) => minute.endSeconds > startSeconds && minute.endSeconds <= endSeconds);
    if (within.length > 0) worst = Math.max(worst, Math.abs(mean(within.map(({ foreseenPercent, percent }) => percent - foreseenPercent))));
    startSeconds = endSeconds;
  }
  return worst;
}

void main();
