import { amount } from '../../src/report/amount';
import { isScaleOut } from '../../src/scaling/activity';
import { faultsUnderWay } from './faults-under-way';
import { type FleetCounts, fleetCounts } from './fleet-counts';
import type { LiveState } from './live-state';
import { isOver, type Signal } from './signals';
import type { Badge } from './span';
import { waitingOf } from './waiting';

/** What someone on call wants to know first. */
export interface Verdict {
  readonly text: string;
  readonly tone: Badge;
}

/** How long a step still shows after its tasks are there, in seconds of the scenario: less than a minute is easily missed. */
const AFTERGLOW_SECONDS = 30;

/** How the service is, the worst first: whether it fails, keeps requests waiting, is befallen, at its end, scales, is deployed to, or is all right. */
export function verdictsOf(state: LiveState, signals: readonly Signal[], arrow: string): Verdict[] {
  const counts = fleetCounts(state);
  const verdicts = [
    ...failing(state, counts),
    ...waiting(state),
    ...befallen(state),
    ...limits(state, counts, signals),
    ...moving(state, counts, arrow),
  ];
  return verdicts.length > 0 ? verdicts : [{ text: 'STEADY', tone: 'good badge' }];
}

function failing({ now, tasks, totals }: LiveState, { healthy }: FleetCounts): Verdict[] {
  if (healthy === 0 && tasks.length > 0 && totals.requests > 0) return [{ text: 'OUT: NO HEALTHY TASK', tone: 'bad badge' }];
  const failed = now.failedRequests ?? 0;
  return failed > 0 ? [{ text: `FAILING ${amount(Math.ceil(failed))}`, tone: 'bad badge' }] : [];
}

function waiting(state: LiveState): Verdict[] {
  const { longestSeconds, isLong } = waitingOf(state);
  return isLong ? [{ text: `REQUESTS WAIT ${amount(Math.floor(longestSeconds))} s`, tone: 'warning badge' }] : [];
}

function befallen(state: LiveState): Verdict[] {
  const faults = faultsUnderWay(state);
  return faults.length === 0 ? [] : [{ text: faults.join(', ').toUpperCase(), tone: 'warning badge' }];
}

function limits({ now }: LiveState, { wanted, max }: FleetCounts, signals: readonly Signal[]): Verdict[] {
  const over = signals.filter((signal) => isOver(signal, signal.value(now)));
  const atMax = wanted >= max;
  if (over.length === 0) return atMax ? [{ text: `AT MAXIMUM ${max}`, tone: 'warning badge' }] : [];
  const names = over.map(({ name }) => name.toUpperCase()).join(', ');
  if (atMax) return [{ text: `AT MAXIMUM ${max}, ${names} OVER TARGET`, tone: 'bad badge' }];
  return [{ text: `${names} OVER TARGET`, tone: 'warning badge' }];
}

function moving(state: LiveState, counts: FleetCounts, arrow: string): Verdict[] {
  const { activities, nowSeconds, events } = state;
  const last = activities.at(-1);
  const isOpen = last?.statusCode === 'InProgress' || (last?.endSeconds ?? Number.NEGATIVE_INFINITY) > nowSeconds - AFTERGLOW_SECONDS;
  const verdicts: Verdict[] = [];
  if (last !== undefined && isOpen) {
    const direction = isScaleOut(last) ? 'OUT' : 'IN';
    verdicts.push({ text: `SCALING ${direction} ${last.fromCapacity} ${arrow} ${last.toCapacity}`, tone: 'busy badge' });
  }
  const deployment = events.filter(({ kind }) => kind.startsWith('deployment') || kind === 'rolled-back').at(-1);
  if (deployment?.kind === 'deployment-started') verdicts.push({ text: 'DEPLOYING', tone: 'busy badge' });
  if (deployment?.kind === 'deployment-failed') verdicts.push({ text: 'ROLLING BACK', tone: 'warning badge' });
  if (verdicts.length === 0 && counts.healthy < counts.wanted) {
    verdicts.push({ text: `${counts.wanted - counts.healthy} OF ${counts.wanted} NOT HEALTHY`, tone: 'warning badge' });
  }
  return verdicts;
}
