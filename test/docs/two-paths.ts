import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { PathA } from '../../examples/path-a-instances/path-a';
import { PathB } from '../../examples/path-b-fargate/path-b';
import { InstanceScaling, ScalableStatelessInstances } from '../../src';
import { monthlyCost } from '../../src/decide/cost/monthly-cost';
import { formatElapsed } from '../../src/parse/durations';
import type { Plan } from '../../src/plan/service-plan';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template as PlanTemplate } from '../../src/plan/template/template';
import { svgOf } from '../../src/report/svg';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';

const SEEDS = 7;

/** k6's stages to 1,000 and 5,000 users with `sleep(1)`; then they stay for forty minutes, and nobody for half an hour. */
const TRAFFIC = parseTraffic(
  'users 0..1000 think 1s for 1m, users 1000..5000 think 1s for 10m, users 5000 think 1s for 40m, users 0 think 1s for 30m',
);
const LOAD_END_SECONDS = 51 * 60;

/** The end of the load, of which the page has means. */
const END_SECONDS = 20 * 60;

/** One of the ways that are compared. */
export interface Path {
  readonly title: string;
  readonly plan: Plan;
  readonly seeds: number;
  /** The name of its picture. */
  readonly picture?: string;
}

interface PracticalWorkload {
  readonly title: string;
  readonly text: string;
  readonly cpuText: string;
  readonly cpuSecondsPerRequest: number;
}

/** What a request costs: the search service as it was measured, and a request that is heavier. */
export const WORKLOADS: readonly PracticalWorkload[] = [
  {
    title: 'A light request',
    text: 'The search service of the course as it was [measured](predictions.md): 0.12 ms of CPU for a request.',
    cpuText: '0.12 ms',
    cpuSecondsPerRequest: MEASURED_SEARCH_WORKLOAD.cpuSecondsPerRequest,
  },
  {
    title: 'A heavier request',
    text: 'The same with 1 ms of CPU for a request, as with a template engine or a call to a database: 5,000 users ask for 5 vCPU.',
    cpuText: '1 ms',
    cpuSecondsPerRequest: 0.001,
  },
];

function planOf(stack: Stack): Plan {
  return readPlan(PlanTemplate.parse(JSON.stringify(Template.fromStack(stack).toJSON()), 'template')).plan;
}

/** The instances of path A, scaled by target tracking on CPU. */
function trackedInstances(): Stack {
  const stack = new Stack(new App(), 'TrackedInstances');
  new ScalableStatelessInstances(stack, 'Search', {
    instanceType: new InstanceType('t2.micro'),
    minCapacity: 1,
    maxCapacity: 4,
    scaling: InstanceScaling.targetTracking(),
    targetCpuUtilizationPercent: 20,
    scaleOnRequests: false,
    defaultInstanceWarmup: Duration.minutes(1),
  });
  return stack;
}

const pathA = planOf(new PathA(new App(), 'PathA'));

/** All that are compared. */
export const PATHS: readonly Path[] = [
  { title: 'A: simple scaling', plan: pathA, seeds: SEEDS, picture: 'path-a' },
  { title: 'A with basic monitoring', plan: { ...pathA, policy: { ...pathA.policy, cpuReportSeconds: 300 } }, seeds: SEEDS },
  { title: 'A with target tracking', plan: planOf(trackedInstances()), seeds: SEEDS },
  { title: 'B: Fargate, target tracking', plan: planOf(new PathB(new App(), 'PathB')), seeds: SEEDS, picture: 'path-b' },
];

/** The forecast of a path, in the words of the page. */
export interface Run {
  readonly path: Path;
  readonly scenario: Scenario;
  readonly outcomes: readonly Outcome[];
  readonly firstScaleOut: string;
  readonly atMaximum: string;
  readonly servedAtEnd: string;
  readonly p95AtEnd: string;
  readonly creditsOut: string;
  readonly firstScaleIn: string;
  readonly svg: string;
}

/** Forecasts a path under a workload. */
export function runOf(path: Path, { title, cpuSecondsPerRequest }: PracticalWorkload): Run {
  const scenario: Scenario = {
    plan: path.plan,
    workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest },
    traffic: TRAFFIC,
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
  const outcomes = Array.from({ length: path.seeds }, (_, index) => forecast({ ...scenario, seed: 1 + index }));
  const endOfLoad = ({ timeline }: Outcome) =>
    timeline.filter(({ atSeconds }) => atSeconds > LOAD_END_SECONDS - END_SECONDS && atSeconds <= LOAD_END_SECONDS);
  const { maxCapacity } = path.plan.policy;
  return {
    path,
    scenario,
    outcomes,
    firstScaleOut: time(
      outcomes,
      ({ activities }) => activities.find(({ fromCapacity, toCapacity }) => toCapacity > fromCapacity)?.startSeconds,
    ),
    atMaximum: time(outcomes, ({ activities }) => activities.find(({ toCapacity }) => toCapacity === maxCapacity)?.startSeconds),
    servedAtEnd: thousands(median(outcomes.map((outcome) => mean(endOfLoad(outcome).map((row) => row.servedRequestsPerSecond))))),
    p95AtEnd: `${thousands(median(outcomes.map((outcome) => mean(endOfLoad(outcome).map((row) => row.p95Millis ?? 0)))))} ms`,
    creditsOut:
      path.plan.instances?.credits === undefined
        ? '–'
        : time(outcomes, ({ events }) => events.find(({ kind }) => kind === 'cpu-credits-low')?.atSeconds),
    firstScaleIn: time(outcomes, ({ activities }) => {
      const first = activities.find(
        ({ startSeconds, fromCapacity, toCapacity }) => startSeconds > LOAD_END_SECONDS && toCapacity < fromCapacity,
      );
      return first && first.startSeconds - LOAD_END_SECONDS;
    }),
    svg: svgOf({ title: `${path.title}: ${title.toLowerCase()}`, runs: [{ name: path.title, scenario, outcome: outcomes[0]! }] }),
  };
}

/** What the servers alone cost in a month in which the run repeats. */
export function billOfRun({ scenario, outcomes }: Run): string {
  const dollars = outcomes.map((outcome) => {
    const { parts } = monthlyCost(scenario, outcome).expected;
    return parts.filter(({ name }) => ['tasks', 'task storage', 'CPU credits'].includes(name)).reduce((sum, part) => sum + part.dollars, 0);
  });
  return `$${median(dollars).toFixed(0)}`;
}

/** The median of times, as minutes and seconds; `never` if most runs have none. */
function time(outcomes: readonly Outcome[], secondsOf: (outcome: Outcome) => number | undefined): string {
  const seconds = outcomes.map((outcome) => secondsOf(outcome) ?? Number.POSITIVE_INFINITY);
  const middle = median(seconds);
  return Number.isFinite(middle) ? formatElapsed(Math.round(middle)) : 'never';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
