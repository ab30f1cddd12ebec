import { formatNumber } from '../../src/report/number-format';
import { isScaleOut } from '../../src/scaling/activity';
import { breachesScaleOut, type LiveSignal } from './live-signals';
import { activeFaultNames, type FleetCounts, fleetCounts, type LiveState } from './live-state';
import type { BadgeTone } from './styled-text';

/** One label of the status line. */
export interface Status {
  readonly text: string;
  readonly tone: BadgeTone;
}

/** The time for which an activity is shown after its end, in seconds of the scenario. */
const SHOWN_AFTER_END_SECONDS = 30;

/** The status of the service, the most severe first: failed requests, waiting requests, faults, metrics above their target and the maximum capacity, scaling, deployment, or steady. */
export function statusesOf(state: LiveState, signals: readonly LiveSignal[], arrow: string): Status[] {
  const counts = fleetCounts(state);
  const statuses = [
    ...failureStatus(state, counts),
    ...waitingStatus(state),
    ...faultStatus(state),
    ...capacityStatus(state, counts, signals),
    ...changeStatuses(state, counts, arrow),
  ];
  return statuses.length > 0 ? statuses : [{ text: 'STEADY', tone: 'good badge' }];
}

function failureStatus({ latestValues, tasks, totals }: LiveState, { healthy }: FleetCounts): Status[] {
  if (healthy === 0 && tasks.length > 0 && totals.requests > 0) return [{ text: 'OUTAGE: NO HEALTHY TASK', tone: 'bad badge' }];
  const failed = latestValues.failedRequests ?? 0;
  return failed > 0 ? [{ text: `FAILING ${formatNumber(Math.ceil(failed))}/s`, tone: 'bad badge' }] : [];
}

function waitingStatus(state: LiveState): Status[] {
  const { longestSeconds, isLong } = waitingRequestsOf(state);
  return isLong ? [{ text: `REQUESTS WAIT ${formatNumber(Math.floor(longestSeconds))} s`, tone: 'warning badge' }] : [];
}

function faultStatus(state: LiveState): Status[] {
  const faults = activeFaultNames(state);
  return faults.length === 0 ? [] : [{ text: faults.join(', ').toUpperCase(), tone: 'warning badge' }];
}

function capacityStatus({ latestValues }: LiveState, { desired, max }: FleetCounts, signals: readonly LiveSignal[]): Status[] {
  const breaching = signals.filter((signal) => breachesScaleOut(signal, signal.valueIn(latestValues)));
  const isAtMax = desired >= max;
  if (breaching.length === 0) return isAtMax ? [{ text: `AT MAXIMUM ${max}`, tone: 'warning badge' }] : [];
  const [overTarget, aboveThreshold] = [breaching.filter(hasTarget), breaching.filter((signal) => !hasTarget(signal))];
  const texts = [...namesWith(overTarget, 'OVER TARGET'), ...namesWith(aboveThreshold, 'ABOVE THRESHOLD')];
  if (isAtMax) return [{ text: [`AT MAXIMUM ${max}`, ...texts].join(', '), tone: 'bad badge' }];
  return [{ text: texts.join(', '), tone: 'warning badge' }];
}

function hasTarget({ alarms }: LiveSignal): boolean {
  return alarms.some(({ kind }) => kind === 'high');
}

function namesWith(signals: readonly LiveSignal[], condition: string): string[] {
  return signals.length === 0 ? [] : [`${signals.map(({ name }) => name.toUpperCase()).join(', ')} ${condition}`];
}

function changeStatuses(state: LiveState, counts: FleetCounts, arrow: string): Status[] {
  const { activities, nowSeconds, events } = state;
  const last = activities.at(-1);
  const isShown =
    last?.statusCode === 'InProgress' || (last?.endSeconds ?? Number.NEGATIVE_INFINITY) > nowSeconds - SHOWN_AFTER_END_SECONDS;
  const statuses: Status[] = [];
  if (last !== undefined && isShown) {
    const direction = isScaleOut(last) ? 'OUT' : 'IN';
    statuses.push({ text: `SCALING ${direction} ${last.fromCapacity} ${arrow} ${last.toCapacity}`, tone: 'in-progress badge' });
  }
  const deployment = events.filter(({ kind }) => kind.startsWith('deployment') || kind === 'rolled-back').at(-1);
  if (deployment?.kind === 'deployment-paused') statuses.push({ text: 'DEPLOYMENT PAUSED', tone: 'warning badge' });
  if (deployment?.kind === 'deployment-started' || deployment?.kind === 'deployment-continued')
    statuses.push({ text: 'DEPLOYING', tone: 'in-progress badge' });
  if (deployment?.kind === 'deployment-failed') statuses.push({ text: 'ROLLING BACK', tone: 'warning badge' });
  if (statuses.length === 0 && counts.healthy < counts.desired) {
    statuses.push({ text: `${counts.desired - counts.healthy} OF ${counts.desired} NOT HEALTHY`, tone: 'warning badge' });
  }
  return statuses;
}

/** The requests that wait for a response now. */
export interface WaitingRequests {
  readonly count: number;
  /** The time that the oldest has waited, on the wall clock. */
  readonly longestSeconds: number;
  /** Whether that is several times the usual p95 latency. */
  readonly isLong: boolean;
}

/** A request waits long if it has waited for more than this multiple of the usual p95 latency. */
const LONG_WAIT_FACTOR = 5;
/** A request that has waited for less than this does not wait long. */
const MIN_LONG_WAIT_SECONDS = 1;

/** The waiting requests of all tasks. */
export function waitingRequestsOf({
  tasks,
  timeline,
  latestValues,
}: Pick<LiveState, 'tasks' | 'timeline' | 'latestValues'>): WaitingRequests {
  const longestSeconds = Math.max(0, ...tasks.map((task) => task.longestWaitSeconds ?? 0));
  return {
    count: tasks.reduce((sum, { waitingRequests = 0 }) => sum + waitingRequests, 0),
    longestSeconds,
    isLong: longestSeconds > Math.max(MIN_LONG_WAIT_SECONDS, LONG_WAIT_FACTOR * baselineP95Seconds(timeline, latestValues)),
  };
}

/** The usual p95 latency: the median of the p95 latencies of all minutes so far, which one slow minute hardly changes. */
function baselineP95Seconds(timeline: LiveState['timeline'], latestValues: LiveState['latestValues']): number {
  const minutes = timeline.flatMap(({ p95Millis }) => p95Millis ?? []).sort((one, other) => one - other);
  return (minutes[Math.floor(minutes.length / 2)] ?? latestValues.p95Millis ?? 0) / 1000;
}
