import { formatElapsed } from '../../src/parse/durations';
import { highestCpu, ONE_GENERATOR, type Prediction, prediction, rowAt, SEEDS } from './prediction';

const RAMP = prediction(
  'ramp',
  '30 to 100 users over 30 minutes',
  `users 30..100 think 2ms for 30m, users 100 think 2ms for 30m${ONE_GENERATOR}`,
);
const SPIKE = prediction('spike', '30 to 120 users at once', `users 30 think 2ms for 10m, users 120 think 2ms for 50m${ONE_GENERATOR}`);
const OSCILLATION = prediction('oscillation', '20 and 80 users in turn', `${inTurn(20, 80)}${ONE_GENERATOR}`);
const LARGER_OSCILLATION = prediction('larger-oscillation', '20 and 160 users in turn', inTurn(20, 160));

const SPIKE_SECONDS = 600;
const SIXTY_USERS_SECONDS = Math.round((1800 * (60 - 30)) / (100 - 30));

/** The document and its charts, by their paths in the folder of documents. */
export function predictionsDocument(): ReadonlyMap<string, string> {
  const charts = [RAMP, SPIKE, OSCILLATION, LARGER_OSCILLATION].map(({ name, svg }): [string, string] => [
    `predictions/${name}.svg`,
    `${svg}\n`,
  ]);
  return new Map([['predictions.md', [introduction(), ramp(), spike(), oscillation(), rules()].join('\n')], ...charts]);
}

function introduction(): string {
  return `# Three predictions, corrected

A published load test of a product search (ECS on Fargate, tasks of 0.25 vCPU and 512 MB, 2 to 4 of them, one target-tracking policy
that keeps the average CPU at 70 %, cooldowns of 300 seconds) ends with three predictions of what scaling will do. All three are wrong, each in a way that is
easy to miss without a forecast. This page shows what happens instead, and why.

The workload is the one that was fitted to the measurements of the same test ([model](model.md#how-far-it-was-off)); users wait 2 ms between
two requests, and one load generator sends at most 2,980 requests a second, which was measured too. Every number is taken from
${SEEDS} runs, which differ in the phase of the metric periods and alarms; the charts show a typical one. A test writes this page and its charts from the
forecasts, so they agree with the code.
`;
}

function ramp(): string {
  const { low, median, high } = RAMP.band.firstScaleOutSeconds!;
  return `## A gradual ramp: 30 to 100 users over 30 minutes

**The prediction**: a third task at about 60 users, "because 36 % at 30 users becomes 72 % at 60", and a fourth at about 80.

**What happens**: at 60 users the two tasks use ${cpu(rowAt(RAMP, SIXTY_USERS_SECONDS).cpuUtilizationPercent!)} CPU on average, well below 70 %. The third task is requested at
${formatElapsed(median)} (${formatElapsed(low)} to ${formatElapsed(high)} in 90 of 100 runs), with about ${usersAt(median)} users. Three tasks then serve 100 users at
${cpu(RAMP.outcome.timeline.at(-1)!.cpuUtilizationPercent!)}, and ${never(RAMP, 4)} run requests a fourth.

![${altText(RAMP)}](predictions/ramp.svg)

**Why**: CPU is not proportional to users. Each task uses some CPU without any request, so twice the users need less than twice the
CPU. Then the metric has to be above its target in three consecutive minutes before scaling acts, while the users increase.
`;
}

function spike(): string {
  const { low, median, high } = SPIKE.band.firstScaleOutSeconds!;
  return `## A sudden spike: 30 to 120 users

**The prediction**: a third task after 120 seconds and a fourth after 240, although the CPU is predicted to be at 48 % by then.

**What happens**: the third task is requested ${seconds(median)} after the spike (${seconds(low)} to ${seconds(high)} in 90 of 100 runs). The CPU falls from
${cpu(rowAt(SPIKE, SPIKE_SECONDS + 120).cpuUtilizationPercent!)} to ${cpu(SPIKE.outcome.timeline.at(-1)!.cpuUtilizationPercent!)} and ${never(SPIKE, 4)} run requests a fourth. ${failures(SPIKE)}

![${altText(SPIKE)}](predictions/spike.svg)

**Why**: the alarm needs three full minutes above 70 %, and each of them is visible one to three minutes after it has ended: no policy of this
kind acts within 120 seconds. And a policy acts on the value of its metric, not on a schedule: below 70 % it adds no task. The low alarm is why it
does not return to two tasks either, see below.
`;
}

function oscillation(): string {
  const [third, fourth] = LARGER_OSCILLATION.outcome.activities;
  const scaledIn = LARGER_OSCILLATION.outcomes.filter(({ activities }) =>
    activities.some((one) => one.toCapacity < one.fromCapacity),
  ).length;
  return `## An oscillation: 20 and 80 users, ten minutes each

**The prediction**: three or four tasks in each busy period, two again in each quiet one.

**What happens**: with 80 users the two tasks reach ${cpu(highestCpu(OSCILLATION))}, just below the target. In ${OSCILLATION.outcomes.filter(({ activities }) => activities.length === 0).length} of ${SEEDS} runs nothing scales at all.

![${altText(OSCILLATION)}](predictions/oscillation.svg)

With 160 users, from enough load generators, it does scale: to ${third!.toCapacity} tasks at ${formatElapsed(third!.startSeconds)} and to ${fourth!.toCapacity} at
${formatElapsed(fourth!.startSeconds)}${late(fourth!.startSeconds)}. Then it stays there: ${scaledIn === 0 ? 'no run takes' : `${scaledIn} of ${SEEDS} runs take`} a task away while the oscillation lasts.

![${altText(LARGER_OSCILLATION)}](predictions/larger-oscillation.svg)

**Why**: scaling in needs *fifteen* consecutive minutes below 90 % of the target, 63 % here. A quiet period of ten minutes is too short: under a load
that swings faster, target tracking only adds tasks. A task that was added late in one busy period serves the next one, and is billed all the time.
`;
}

function rules(): string {
  return `## The rules behind it

| | as predicted | actual |
|---|---|---|
| adds tasks after | 2 evaluations above 70 % | 3 of 3 minutes above 70 % |
| removes tasks after | 10 evaluations below 70 % | 15 of 15 minutes below 63 % |
| how many it adds | one at a time | \`ceil(tasks x metric / target)\` |
| how many it removes | down to the minimum | one at a time, a cooldown apart |

Their sources are in \`src/scaling/aws-behavior.ts\`. To repeat it with the template of such a service:

\`\`\`sh
npx ecs-rehearsal forecast --template cdk.out/Search.template.json --html spike.html \\
  --traffic "${SPIKE.traffic}"
\`\`\`
`;
}

function inTurn(low: number, high: number): string {
  return new Array(4).fill(`users ${low} think 2ms for 10m, users ${high} think 2ms for 10m`).join(', ');
}

/** Whether a moment is in one of the quiet stretches, which come first in each twenty minutes. */
function late(atSeconds: number): string {
  return atSeconds % 1200 < 600 ? ', when the users have left again' : '';
}

function cpu(percent: number): string {
  return `${Math.round(percent)} %`;
}

function usersAt(atSeconds: number): number {
  return Math.round(30 + 70 * (atSeconds / 1800));
}

function seconds(atSeconds: number): string {
  return `${Math.round(atSeconds - SPIKE_SECONDS)} s`;
}

function never({ outcomes }: Prediction, tasks: number): string {
  const count = outcomes.filter(({ totals }) => totals.maxTasks >= tasks).length;
  return count === 0 ? 'no' : `one in ${Math.round(outcomes.length / count)}`;
}

function failures({ band }: Prediction): string {
  return band.failedRequests.high === 0
    ? 'No request fails meanwhile.'
    : `${Math.round(band.failedRequests.median)} requests fail meanwhile.`;
}

function altText({ svg }: Prediction): string {
  return /<desc>(.*?)<\/desc>/.exec(svg)![1]!;
}
