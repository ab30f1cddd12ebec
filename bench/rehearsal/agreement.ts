// How far a rehearsal is from the forecast of the same scenario, with the workload that was measured just before. About ten minutes.
// Run: npm run bundle && npx tsx bench/rehearsal/agreement.ts [speed] [name of a story]
import { workloadLine } from '../../src/report/text/plan';
import { clockTime } from '../../src/scenario/duration';
import { desiredCounts, type Outcome } from '../../src/scenario/outcome';
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
    const workload = await measured(runtime);
    console.log(`${runtime.description}; ${speed} times as fast\n${workloadLine(workload)}\n`);
    console.log(
      '| scenario | desired counts: forecast | rehearsal | scaling times apart, s (at most) | CPU apart, points | requests apart, % | failed: forecast | rehearsal | agree |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|');
    for (const story of STORIES.filter(({ name }) => only === undefined || name.includes(only))) {
      const { foreseen, outcome } = await tell({ ...story, speed: Number(speed) }, workload, runtime);
      console.log(row(story.name, foreseen, outcome));
    }
  } finally {
    await runtime.stop();
  }
}

function row(name: string, foreseen: Outcome, outcome: Outcome): string {
  const [expected, got] = [foreseen, outcome].map((each) => desiredCounts(each).join(' → '));
  const late = timesApart(foreseen, outcome);
  const points = cpuApart(foreseen, outcome);
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
    percent.toFixed(1),
    ...failed,
    isAgreed ? 'yes' : 'no',
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

/** On average over the minutes in which as many tasks serve in both: where one serves a minute earlier, CPU says nothing of the model. */
function cpuApart(foreseen: Outcome, outcome: Outcome): number {
  const apart = foreseen.timeline.flatMap((minute, index) => {
    const same = outcome.timeline[index];
    if (same?.cpuUtilizationPercent === undefined || minute.cpuUtilizationPercent === undefined) return [];
    return minute.healthyCount === same.healthyCount ? [Math.abs(minute.cpuUtilizationPercent - same.cpuUtilizationPercent)] : [];
  });
  return apart.reduce((sum, points) => sum + points, 0) / apart.length;
}

void main();
