import { formatNumber } from '../../src/report/number-format';
import { type Column, headingLine, tableLine } from '../../src/report/text/columns';
import type { MeasuredAndFitted } from '../../src/simulation/fit-workload';
import type { Workload } from '../../src/workload/workload-parameters';
import { workloadOption } from '../options/workload-option-group';
import type { MeasurementFit } from './fit-measurement';

type PointRow = MeasurementFit['points'][number];

const COLUMNS: readonly Column<PointRow>[] = [
  { heading: ' req/s', cell: ({ point }) => formatNumber(point.requestsPerSecond) },
  { heading: 'CPU % measured', cell: ({ cpuPercent }) => cpuPercent.measured.toFixed(1) },
  { heading: 'fitted', cell: ({ cpuPercent }) => cpuPercent.fitted.toFixed(1) },
  { heading: ' diff', cell: ({ cpuPercent }) => formatSigned(cpuPercent.fitted - cpuPercent.measured) },
  { heading: 'mean ms measured', cell: ({ meanMillis }) => measuredText(meanMillis) },
  { heading: 'fitted', cell: ({ meanMillis }) => fittedText(meanMillis) },
  { heading: 'p95 ms measured', cell: ({ p95Millis }) => measuredText(p95Millis) },
  { heading: 'fitted', cell: ({ p95Millis }) => fittedText(p95Millis) },
  { heading: 'p99 ms measured', cell: ({ p99Millis }) => measuredText(p99Millis) },
  { heading: 'fitted', cell: ({ p99Millis }) => fittedText(p99Millis) },
  { heading: 'MiB', cell: ({ memoryMiB }) => memoryMiB?.toFixed(0) ?? '–' },
];

/** The measured points beside the values of the fitted workload. */
export function pointLines(points: readonly PointRow[]): string[] {
  return [headingLine(COLUMNS), ...points.map((point) => tableLine(COLUMNS, point))];
}

/** The workload, one value per line. */
export function measuredWorkloadLines({ workload, points, isRequestMemoryVisible }: MeasurementFit): string[] {
  const maxErrorPoints = Math.max(...points.map(({ cpuPercent }) => Math.abs(cpuPercent.fitted - cpuPercent.measured)));
  return [
    `CPU per request   ${formatMillis(workload.cpuSecondsPerRequest)} ms on one vCPU, of a busy task`,
    ...wakeUpLines(workload),
    `idle vCPU         ${workload.idleVcpu.toFixed(4)}, at any load; by the fit the CPU is at most ${maxErrorPoints.toFixed(1)} percentage points off`,
    `base latency      ${formatMillis(workload.baseLatencySeconds)} ms on this machine, without a load balancer and without network latency`,
    `latency model     ${workload.latencyModel}, the better fit`,
    `start-up time     ${workload.startUpSeconds.toFixed(2)} s until healthy, without the image pull`,
    `stop time         ${workload.stopSeconds.toFixed(2)} s from SIGTERM until it exits`,
    `idle memory       ${workload.idleMemoryMiB.toFixed(0)} MiB, ${requestMemoryText(workload, isRequestMemoryVisible)}`,
  ];
}

function wakeUpLines({ cpuSecondsPerRequest, cpuSecondsPerWakeUp }: Workload): string[] {
  if (cpuSecondsPerWakeUp === 0) return [];
  const first = formatMillis(cpuSecondsPerRequest + cpuSecondsPerWakeUp);
  return [
    `CPU per wake-up   ${formatMillis(cpuSecondsPerWakeUp)} ms on top for a request that finds the task waiting: ${first} ms in all at low rates, less the busier the task`,
  ];
}

/** The workload as options of `forecast`, `compare` and `recommend`. */
export function workloadOptions(workload: Workload): string {
  return [
    `${workloadOption('cpuSecondsPerRequest')} ${formatMillis(workload.cpuSecondsPerRequest)}ms`,
    ...(workload.cpuSecondsPerWakeUp > 0
      ? [`${workloadOption('cpuSecondsPerWakeUp')} ${formatMillis(workload.cpuSecondsPerWakeUp)}ms`]
      : []),
    `${workloadOption('idleVcpu')} ${workload.idleVcpu.toFixed(4)}`,
    `${workloadOption('baseLatencySeconds')} ${formatMillis(workload.baseLatencySeconds)}ms`,
    `${workloadOption('startUpSeconds')} ${workload.startUpSeconds.toFixed(2)}s`,
    `${workloadOption('stopSeconds')} ${workload.stopSeconds.toFixed(2)}s`,
    `${workloadOption('latencyModel')} ${workload.latencyModel}`,
    `${workloadOption('idleMemoryMiB')} ${workload.idleMemoryMiB.toFixed(0)}MiB`,
    ...(workload.memoryMiBPerConcurrentRequest > 0
      ? [`${workloadOption('memoryMiBPerConcurrentRequest')} ${Number(workload.memoryMiBPerConcurrentRequest.toPrecision(3))}MiB`]
      : []),
  ].join(' ');
}

function requestMemoryText({ memoryMiBPerConcurrentRequest }: Workload, isVisible: boolean): string {
  return isVisible
    ? `plus ${memoryMiBPerConcurrentRequest.toPrecision(2)} MiB for each concurrent request`
    : 'the highest measured; the share of a request is too small to see';
}

/** Milliseconds with three digits. */
export function formatMillis(seconds: number): string {
  return String(Number((1000 * seconds).toPrecision(3)));
}

function formatSigned(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(1)}`;
}

function measuredText(figure: MeasuredAndFitted | undefined): string {
  return figure === undefined ? '–' : formatNumber(figure.measured);
}

function fittedText(figure: MeasuredAndFitted | undefined): string {
  return figure === undefined ? '–' : formatNumber(figure.fitted);
}
