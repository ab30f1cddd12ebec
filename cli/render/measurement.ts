import type { Fitted } from '../../src/forecast/fit-workload';
import { isCpuUtilization } from '../../src/plan/metric';
import type { Plan } from '../../src/plan/plan';
import { amount, percentage } from '../../src/report/amount';
import { type Column, headings, line } from '../../src/report/text/columns';
import { CPU_WITHOUT_TARGET_PERCENT, sustainableRequestsPerSecond } from '../../src/scenario/sustainable-rate';
import type { Workload } from '../../src/scenario/workload';
import type { MeasurementFit } from '../fit-measurement';
import type { MeasuredWorkload } from '../rehearsal/measure-workload';

type Row = MeasurementFit['points'][number];

const COLUMNS: readonly Column<Row>[] = [
  { heading: ' req/s', cell: ({ point }) => amount(point.requestsPerSecond) },
  { heading: 'CPU % measured', cell: ({ cpuPercent }) => cpuPercent.measured.toFixed(1) },
  { heading: 'fitted', cell: ({ cpuPercent }) => cpuPercent.fitted.toFixed(1) },
  { heading: '  off', cell: ({ cpuPercent }) => signed(cpuPercent.fitted - cpuPercent.measured) },
  { heading: 'mean ms measured', cell: ({ meanMillis }) => measured(meanMillis) },
  { heading: 'fitted', cell: ({ meanMillis }) => fitted(meanMillis) },
  { heading: 'p95 ms measured', cell: ({ p95Millis }) => measured(p95Millis) },
  { heading: 'fitted', cell: ({ p95Millis }) => fitted(p95Millis) },
  { heading: 'MiB', cell: ({ memoryMiB }) => memoryMiB?.toFixed(0) ?? '–' },
];

/** What was measured, beside what the fitted workload says of it. */
export function pointLines(points: readonly Row[]): string[] {
  return [headings(COLUMNS), ...points.map((point) => line(COLUMNS, point))];
}

/** Less CPU than this under users that never pause, and something else than the task was the limit. */
const SATURATED_SHARE = 0.9;

/** What the task stood, and whether it was the task that could not do more. */
export function limitLines({ saturated }: MeasuredWorkload, vcpu: number): string[] {
  const share = saturated.cores / vcpu;
  const made = `${amount(saturated.requestsPerSecond)} requests per second used ${percentage(Math.min(1, share))} of the task's CPU`;
  return share >= SATURATED_SHARE
    ? [`${made}: it can do no more`]
    : [`${made}: this machine, or what the task waits for, makes no more. Beyond that the line is a guess`];
}

/** The workload, a number in each line. */
export function measuredWorkloadLines({ workload, points, isRequestMemoryVisible }: MeasurementFit): string[] {
  const worst = Math.max(...points.map(({ cpuPercent }) => Math.abs(cpuPercent.fitted - cpuPercent.measured)));
  return [
    `CPU per request   ${millis(workload.cpuSecondsPerRequest)} ms on a whole core`,
    `fixed CPU         ${workload.fixedCores.toFixed(4)} cores, whatever the load (both fitted within ${worst.toFixed(1)} points of CPU)`,
    `base latency      ${millis(workload.baseLatencySeconds)} ms, through a load balancer on this machine: the network comes on top`,
    `latency model     ${workload.latencyModel} is closer to these latencies`,
    `start-up          ${workload.startSeconds.toFixed(2)} s until healthy; the pull of the image comes on top`,
    `stopping          ${workload.stopSeconds.toFixed(2)} s from SIGTERM until it has ended`,
    `memory            ${workload.fixedMemoryMiB.toFixed(0)} MiB, ${requestMemory(workload, isRequestMemoryVisible)}`,
  ];
}

/** The workload as options of `forecast`, `compare` and `recommend`. */
export function workloadOptions(workload: Workload): string {
  return [
    `--cpu-per-request ${millis(workload.cpuSecondsPerRequest)}ms`,
    `--fixed-cores ${workload.fixedCores.toFixed(4)}`,
    `--base-latency ${millis(workload.baseLatencySeconds)}ms`,
    `--start-time ${workload.startSeconds.toFixed(2)}s`,
    `--stop-time ${workload.stopSeconds.toFixed(2)}s`,
    `--set workload.latencyModel=${workload.latencyModel}`,
    `--set workload.fixedMemoryMiB=${workload.fixedMemoryMiB.toFixed(0)}`,
    ...(workload.memoryMiBPerConcurrentRequest > 0
      ? [`--set workload.memoryMiBPerConcurrentRequest=${workload.memoryMiBPerConcurrentRequest.toPrecision(3)}`]
      : []),
  ].join(' ');
}

/** The request target that goes with the CPU target of a plan. */
export interface RecommendedTargets {
  readonly targetCpuUtilizationPercent: number;
  readonly requestsPerSecondPerTask: number;
}

/** A rate that is more than so many times of what a task was seen to answer is a guess. */
const MOST_TIMES_SEEN = 2;

/**
 * The targets that a task of this workload reaches at the same moment; none, but why, where it uses more CPU than the target while it serves nothing,
 * or was seen to answer far fewer requests.
 */
export function recommendedTargets(
  plan: Plan,
  workload: Workload,
  { saturated }: Pick<MeasuredWorkload, 'saturated'>,
): RecommendedTargets | string {
  const cpu = plan.policy.targetTracking.find(({ metric }) => isCpuUtilization(metric));
  const requestsPerSecondPerTask = twoDigits(sustainableRequestsPerSecond(plan, workload));
  if (requestsPerSecondPerTask === 0) return 'none: the task uses more CPU than the target while it serves nothing';
  const seen = saturated.requestsPerSecond;
  if (requestsPerSecondPerTask > MOST_TIMES_SEEN * seen)
    return `none: by its CPU a task would stand ${amount(requestsPerSecondPerTask)} requests per second, and was seen to answer ${amount(seen)}. It waits for something else than CPU: scale it by latency, or by the rate at which that is still short`;
  return { targetCpuUtilizationPercent: cpu?.targetValue ?? CPU_WITHOUT_TARGET_PERCENT, requestsPerSecondPerTask };
}

/** The props to paste. */
export function targetLines(targets: RecommendedTargets): string[] {
  return [
    `targetCpuUtilizationPercent: ${targets.targetCpuUtilizationPercent},`,
    `requestsPerSecondPerTask: ${targets.requestsPerSecondPerTask},`,
  ];
}

/** Rounded down, as more digits would say more than a measurement of half a minute knows. */
function twoDigits(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return value > 0 ? Number((Math.floor(value / step) * step).toPrecision(2)) : 0;
}

function requestMemory({ memoryMiBPerConcurrentRequest }: Workload, isVisible: boolean): string {
  return isVisible
    ? `and ${memoryMiBPerConcurrentRequest.toPrecision(2)} MiB for each request under way`
    : 'the most that was seen; what a request takes does not show in it';
}

function millis(seconds: number): string {
  return String(Number((1000 * seconds).toPrecision(3)));
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
}

function measured(figure: Fitted | undefined): string {
  return figure === undefined ? '–' : amount(figure.measured);
}

function fitted(figure: Fitted | undefined): string {
  return figure === undefined ? '–' : amount(figure.fitted);
}
