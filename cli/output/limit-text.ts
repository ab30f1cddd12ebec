import { type LimitEnd, limitEndOf } from '../../rehearsal/measure/limit-end';
import type { MeasuredWorkload } from '../../rehearsal/measure/measure-workload';
import { formatNumber, formatPercentage } from '../../src/report/number-format';
import { neededVcpuAt } from '../../src/workload/cpu-demand';
import { formatMillis } from './measurement-text';

/** A fitted line that misses the measured limit by more than this is not to be trusted close to it. */
const MAX_MISSED_SHARE = 0.1;

/** A fit that misses the limit by less than this ends at it. */
const MET_SHARE = 0.005;

/** A request at the lowest load that costs this many times what the fit says is reported. */
const MIN_REPORTED_COST_FACTOR = 1.25;

/** The highest rate of a task, what ended its growth, and how close the fitted line comes to it. */
export function limitLines(measured: MeasuredWorkload, vcpu: number): string[] {
  const { measurement, usersPerTask } = measured.limit;
  const share = Math.min(1, measurement.usedVcpu / vcpu);
  const rate = `${formatNumber(measurement.requestsPerSecond)} requests per second, with ${usersPerTask} users who never paused, used ${formatPercentage(share)} of the task's CPU`;
  const end = limitEndOf(measured.limit, vcpu);
  return [`${rate}: ${END_TEXTS[end](measured)}`, ...fitLines(measured, vcpu, end), ...lowLoadLines(measured, vcpu)];
}

const END_TEXTS: Readonly<Record<LimitEnd, (measured: MeasuredWorkload) => string>> = {
  'task-cpu': () => 'this is its limit',
  machine: ({ limit: { machine } }) =>
    `this machine makes no more, ${formatPercentage(machine.busyShare)} of its ${machine.cores} cores were in use, ${machine.commandVcpu.toFixed(1)} of them by the load generator`,
  'load-generator': () => 'the load generator makes no more, its thread has no time left',
  'load-balancer': () => 'this command makes no more, its main thread has no time left',
  failures: ({ limit: { failure } }) => `with twice as many users requests failed (${failure})`,
  users: () => 'more users were not tried, and would probably reach a higher rate',
  waiting: () => 'more users get no more responses, so it waits for something other than CPU, such as a lock, a worker or another service',
};

function fitLines({ workload, limit, points }: MeasuredWorkload, vcpu: number, end: LimitEnd): string[] {
  const fullRate = (vcpu - workload.idleVcpu) / workload.cpuSecondsPerRequest;
  const highestRate = Math.max(limit.measurement.requestsPerSecond, ...points.map(({ requestsPerSecond }) => requestsPerSecond));
  if (end !== 'task-cpu')
    return [
      `the loads were measured up to ${formatNumber(highestRate)} requests per second: by the fit its CPU would allow ${formatNumber(fullRate)}, which is an extrapolation`,
    ];
  const missedShare = fullRate / limit.measurement.requestsPerSecond - 1;
  if (Math.abs(missedShare) < MET_SHARE) return ['the fit ends there too'];
  const missed = `${formatPercentage(Math.abs(missedShare))} ${missedShare < 0 ? 'below' : 'above'} it`;
  const warning = Math.abs(missedShare) > MAX_MISSED_SHARE ? ': near the limit a forecast is off by that much' : '';
  return [`by the fit 100 % of the CPU is used at ${formatNumber(fullRate)} requests per second, ${missed}${warning}`];
}

/** The loads below the limit whose requests cost more than the fitted wake-ups explain. */
function lowLoadLines({ points, workload }: MeasuredWorkload, vcpu: number): string[] {
  const { requestsPerSecond, usedVcpu } = points[0]!;
  const costSeconds = (usedVcpu - workload.idleVcpu) / requestsPerSecond;
  const factor = (costSeconds * requestsPerSecond) / (neededVcpuAt(requestsPerSecond, workload, vcpu) - workload.idleVcpu);
  if (factor < MIN_REPORTED_COST_FACTOR) return [];
  return [
    `at ${formatNumber(requestsPerSecond)} requests per second one costs ${formatMillis(costSeconds)} ms, ${factor.toFixed(1)} times as much as by the fit: a forecast shows less CPU there than the task uses`,
  ];
}

/** What was measured otherwise than one would expect. */
export function measurementRemarks({ warmUp, unusualResponses }: MeasuredWorkload): string[] {
  return [
    ...unusualResponses.map(
      ({ path, statusCode }) => `GET ${path} responded ${statusCode}, and that is what was measured: give a --path that responds 200`,
    ),
    ...(warmUp.isSettled
      ? []
      : [
          `a request still became cheaper after ${Math.round(warmUp.seconds)} s of load, from ${formatMillis(warmUp.firstCpuSecondsPerRequest)} to ${formatMillis(warmUp.lastCpuSecondsPerRequest)} ms of CPU: measure for longer with --warm-up ${2 * Math.ceil(warmUp.seconds)}s`,
        ]),
  ];
}
