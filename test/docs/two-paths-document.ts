import { billOfRun, PATHS, type Run, runOf, WORKLOADS } from './two-paths';

/** The page, and the pictures of both paths, by their paths in the folder of documents. */
export function twoPathsDocument(): ReadonlyMap<string, string> {
  const runs = WORKLOADS.map((workload) => ({ workload, runs: PATHS.map((path) => runOf(path, workload)) }));
  const heavy = runs.at(-1)!;
  const pictures = heavy.runs
    .filter(({ path }) => path.picture !== undefined)
    .map(({ path, svg }): [string, string] => [`two-paths/${path.picture}.svg`, `${svg}\n`]);
  const page = [
    introduction(),
    ...runs.map(({ workload, runs: each }) => `\n## ${workload.title}\n\n${workload.text}\n\n${table(each)}`),
    lessons(heavy.runs, runs[0]!.runs),
  ];
  return new Map([['two-paths.md', page.join('\n')], ...pictures]);
}

function introduction(): string {
  return `# Two paths, in numbers

A course's practical runs the same service twice: on EC2 instances with **simple scaling**, and on ECS with **target tracking**. Both have one to four servers and
a CPU threshold of 20 %, and k6 sends the same load: 1,000 users within a minute, 5,000 within ten more, each with a second between two requests. Here the users stay for forty
minutes and leave, so that both directions can be seen.

* **Path A**: \`t2.micro\`, one instance more when CPU is at 20 % or more for 2 × 120 seconds, one less when it is at 10 % or less, cooldown 120 seconds.
  [The example](../examples/path-a-instances/README.md).
* **Path B**: tasks on Fargate of 1 vCPU, CPU target 20 %. [The example](../examples/path-b-fargate/README.md).

Every number on this page is a forecast: the median over ${PATHS[0]!.seeds} seeds, without an AWS account. A test writes the page again and compares.`;
}

const COLUMNS: readonly (readonly [string, (run: Run) => string])[] = [
  ['', ({ path }) => path.title],
  ['first scale-out', ({ firstScaleOut }) => firstScaleOut],
  ['four servers wanted', ({ atMaximum }) => atMaximum],
  ['requests per second in the last 20 minutes of the load', ({ servedAtEnd }) => servedAtEnd],
  ['p95 in these 20 minutes, mean', ({ p95AtEnd }) => p95AtEnd],
  ['CPU credits run out', ({ creditsOut }) => creditsOut],
  ['first scale-in after the load', ({ firstScaleIn }) => firstScaleIn],
  ['servers, a month of such hours', (run) => billOfRun(run)],
];

function table(runs: readonly Run[]): string {
  const header = `| ${['', ...runs.map(({ path }) => path.title)].join(' | ')} |\n|${'---|'.repeat(runs.length + 1)}`;
  const rows = COLUMNS.slice(1).map(([name, cell]) => `| ${[name, ...runs.map(cell)].join(' | ')} |`);
  return [header, ...rows].join('\n');
}

function lessons(heavy: readonly Run[], light: readonly Run[]): string {
  const [simple, basic, tracking, fargate] = heavy as [Run, Run, Run, Run];
  return `
![Forecast of path A under the heavier requests: users, instances, CPU, CPU credits and latency over 80 minutes](two-paths/path-a.svg)

![Forecast of path B under the same](two-paths/path-b.svg)

## What the practical teaches

* **A step size of one is slow.** Simple scaling reaches four instances ${simple.atMaximum} after the start: each step waits for the alarm, for an instance to boot, and for the
  cooldown. Target tracking computes the number from the metric and goes there at once: ${fargate.atMaximum} on Fargate, ${tracking.atMaximum} with instances.
* **Basic monitoring is slower still.** Instances that report every five minutes are seen by an alarm of 2 × 120 seconds only when a datapoint falls into its periods: ${basic.firstScaleOut}
  instead of ${simple.firstScaleOut}.
* **A \`t2.micro\` is a tenth of a vCPU.** What it has beyond that is what it saved. ${creditText(simple)} From then on a throttled instance shows little CPU while its requests wait: CPU is the wrong metric
  for a burstable instance, and requests per target the right one. Four Fargate tasks of 1 vCPU serve ${fargate.servedAtEnd} requests per second in the last 20 minutes of the load, four \`t2.micro\` ${simple.servedAtEnd}.
* **How heavy a request is decides.** With ${WORKLOADS[0]!.cpuText} of CPU for a request the same four instances serve ${light[0]!.servedAtEnd} requests per second with a p95 of ${light[0]!.p95AtEnd}. [Measure](measure-and-check.md) before you choose
  a size.
* **Scaling in differs, too.** Simple scaling removes an instance ${simple.firstScaleIn} after the users have left. Target tracking of an ECS service waits for 15 minutes below 18 %, not "below 20 %": ${fargate.firstScaleIn}.

[The construct](construct/index.md), and [what a forecast assumes of instances](model.md).
`;
}

function creditText({ creditsOut }: Run): string {
  return creditsOut === 'never' ? 'Here the credits last.' : `Here the credits run out ${creditsOut} after the start.`;
}
