import { clockTime } from '../../src/scenario/duration';
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
  return `# Three predictions, set right

A published load test of a product search (ECS on Fargate, tasks of 0.25 vCPU and 512 MB, 2 to 4 of them, one target-tracking policy
that keeps the average CPU at 70 %, cooldowns of 300 seconds) ends with three predictions of what scaling will do. All three are wrong, each in a way that is
easy to get wrong without a forecast. Here is what happens instead, and why.

The workload is the one that was fitted to the measurements of the same test ([model](model.md#how-far-it-was-off)); users wait 2 ms between
two requests, and one load generator makes no more than 2,980 a second, as it was measured too. Every number is of
${SEEDS} runs, which differ in the moments at which AWS measures and looks; the charts show a typical one. This page and its charts are
written by a test from the forecasts, so it says what the code says.
`;
}

function ramp(): string {
  const { low, median, high } = RAMP.band.firstScaleOutSeconds!;
  return `## A gradual ramp: 30 to 100 users over 30 minutes

**The prediction**: a third task at about 60 users, "because 36 % at 30 users becomes 72 % at 60", and a fourth at about 80.

**What happens**: at 60 users the two tasks stand at ${cpu(rowAt(RAMP, SIXTY_USERS_SECONDS).cpuUtilizationPercent!)} on average, well below 70 %. The third task is asked for at
${clockTime(median)} (${clockTime(low)} to ${clockTime(high)} in 90 of 100 runs), when about ${usersAt(median)} users are there. Three tasks then hold 100 users at
${cpu(RAMP.outcome.timeline.at(-1)!.cpuUtilizationPercent!)}, and ${never(RAMP, 4)} run asks for a fourth.

![${altText(RAMP)}](predictions/ramp.svg)

**Why**: CPU is not proportional to users. Each task uses some CPU for itself before the first request comes, so twice the users are less than twice the
CPU. Then the metric has to be above its target in three minutes in a row before anything happens, while users keep coming.
`;
}

function spike(): string {
  const { low, median, high } = SPIKE.band.firstScaleOutSeconds!;
  return `## A sudden spike: 30 to 120 users

**The prediction**: a third task after 120 seconds and a fourth after 240, although the CPU is predicted to be at 48 % by then.

**What happens**: the third task is asked for ${seconds(median)} after the spike (${seconds(low)} to ${seconds(high)} in 90 of 100 runs). The CPU falls from
${cpu(rowAt(SPIKE, SPIKE_SECONDS + 120).cpuUtilizationPercent!)} to ${cpu(SPIKE.outcome.timeline.at(-1)!.cpuUtilizationPercent!)} and ${never(SPIKE, 4)} run asks for a fourth. ${failures(SPIKE)}

![${altText(SPIKE)}](predictions/spike.svg)

**Why**: the alarm wants three full minutes above 70 %, and sees each of them half a minute to a minute and a half after it has ended: no policy of this
kind acts within 120 seconds. And a policy acts on what its metric is, not on a schedule: below 70 % there is nothing to add a task for. That it
does not go back to two either is the work of the low alarm, below.
`;
}

function oscillation(): string {
  const [third, fourth] = LARGER_OSCILLATION.outcome.activities;
  const scaledIn = LARGER_OSCILLATION.outcomes.filter(({ activities }) =>
    activities.some((one) => one.toCapacity < one.fromCapacity),
  ).length;
  return `## An oscillation: 20 and 80 users, ten minutes each

**The prediction**: three or four tasks in each busy stretch, two again in each quiet one.

**What happens**: with 80 users the two tasks reach ${cpu(highestCpu(OSCILLATION))}, just below the target. In ${OSCILLATION.outcomes.filter(({ activities }) => activities.length === 0).length} of ${SEEDS} runs nothing scales at all.

![${altText(OSCILLATION)}](predictions/oscillation.svg)

With 160 users, from as many load generators as that takes, it does scale: to ${third!.toCapacity} tasks at ${clockTime(third!.startSeconds)} and to ${fourth!.toCapacity} at
${clockTime(fourth!.startSeconds)}${late(fourth!.startSeconds)}. Then it stays there: ${scaledIn === 0 ? 'no run takes' : `${scaledIn} of ${SEEDS} runs take`} a task away while the oscillation lasts.

![${altText(LARGER_OSCILLATION)}](predictions/larger-oscillation.svg)

**Why**: scaling in needs *fifteen* minutes in a row below 90 % of the target, 63 % here. A quiet stretch of ten minutes never gets there: under a load
that swings faster than that, target tracking is a ratchet. What was added late in one busy stretch is there for the next one, and is paid for all the time.
`;
}

function rules(): string {
  return `## The rules behind it

| | as predicted | as it is |
|---|---|---|
| adds tasks after | 2 evaluations above 70 % | 3 of 3 minutes above 70 % |
| takes tasks away after | 10 evaluations below 70 % | 15 of 15 minutes below 63 % |
| how many it adds | one at a time | \`ceil(tasks x metric / target)\` |
| how many it takes away | back to the minimum | one at a time, a cooldown apart |

Each with its source in \`src/scaling/aws-behavior.ts\`. To see it yourself, with the template of such a service:

\`\`\`sh
npx cdk-scalable-stateless-service forecast --template cdk.out/Search.template.json --html spike.html \\
  --traffic "${SPIKE.traffic}"
\`\`\`
`;
}

function inTurn(low: number, high: number): string {
  return new Array(4).fill(`users ${low} think 2ms for 10m, users ${high} think 2ms for 10m`).join(', ');
}

/** Whether a moment is in one of the quiet stretches, which come first in each twenty minutes. */
function late(atSeconds: number): string {
  return atSeconds % 1200 < 600 ? ', when the users are gone again' : '';
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
