import type { Ramp } from '../traffic/ramp';
import { reachedEnd, type TrafficPhase, type TrafficPhases } from '../traffic/traffic-phases';

/** A part of traffic. A value that it leaves out is the last value of the part before it. */
export interface TrafficPart {
  readonly kind?: TrafficPhase['kind'];
  readonly from?: number;
  readonly to?: number;
  readonly thinkSeconds?: number;
  readonly pacingSeconds?: number;
  readonly stepSeconds?: number;
  readonly isOneByOne?: boolean;
  readonly requestsPerSecondBeside?: Ramp;
  readonly durationSeconds: number;
}

/** The phases of parts of traffic, and the errors of the parts. */
interface JoinedPhases {
  readonly phases: TrafficPhases;
  readonly errors: readonly string[];
}

const NO_USERS: TrafficPhase = { kind: 'users', from: 0, to: 0, thinkSeconds: 0, durationSeconds: 0 };

/** The phases of parts; a trace is not converted to parts, which would take much more memory. */
export function joinedPhases(parts: readonly TrafficPart[] | TrafficPhases): JoinedPhases {
  return Array.isArray(parts) ? joinParts(parts) : { phases: parts as TrafficPhases, errors: [] };
}

/** Parts whose users wait otherwise. */
export function partsWith(parts: Iterable<TrafficPart>, waits: Pick<TrafficPart, 'thinkSeconds' | 'pacingSeconds'>): TrafficPart[] {
  return [...parts].map((part) => ({ ...part, ...waits }));
}

/** Joins parts: each begins with the last value of the one before it. A part without duration only sets the start of the next. */
function joinParts(parts: readonly TrafficPart[]): JoinedPhases {
  const phases: TrafficPhase[] = [];
  const errors: string[] = [];
  let before: TrafficPhase | undefined;
  for (const part of parts) {
    if (before === undefined && part.kind === undefined) errors.push('hold must follow users or requestsPerSecond, got nothing before it');
    if (before !== undefined && changesKind(before, part)) {
      errors.push(`${rampName(part)} must continue the same kind of traffic, got ${formatEnd(before)} before it`);
      before = undefined;
    }
    before = phaseAfter(before ?? NO_USERS, part);
    if (before.durationSeconds > 0) phases.push(before);
  }
  return { phases, errors };
}

/** A ramp begins at the end of the traffic before it, which must be of the same kind. */
function changesKind(before: TrafficPhase, part: TrafficPart): boolean {
  return part.kind !== undefined && part.from === undefined && part.kind !== before.kind;
}

function phaseAfter(before: TrafficPhase, part: TrafficPart): TrafficPhase {
  const kind = part.kind ?? before.kind;
  const from = part.from ?? reachedEnd(before);
  const thinkSeconds = kind === 'users' ? (part.thinkSeconds ?? before.thinkSeconds) : 0;
  const pacingSeconds = kind === 'users' ? (part.pacingSeconds ?? before.pacingSeconds) : undefined;
  const { stepSeconds, isOneByOne } = part;
  const requestsPerSecondBeside = besideOf(before, part);
  return {
    ...{ kind, from, to: part.to ?? from, thinkSeconds, durationSeconds: part.durationSeconds },
    ...(pacingSeconds === undefined ? {} : { pacingSeconds }),
    ...(stepSeconds === undefined ? {} : { stepSeconds }),
    ...(isOneByOne === undefined ? {} : { isOneByOne }),
    ...(requestsPerSecondBeside === undefined ? {} : { requestsPerSecondBeside }),
  };
}

/** The rate beside the users of a part: that at the end of the part before it, if the part goes on from there. */
function besideOf({ requestsPerSecondBeside: before }: TrafficPhase, { from, requestsPerSecondBeside }: TrafficPart): Ramp | undefined {
  if (requestsPerSecondBeside !== undefined || from !== undefined || before === undefined) return requestsPerSecondBeside;
  return { from: before.to, to: before.to };
}

function rampName(part: TrafficPart): string {
  return part.kind === 'users' ? 'rampUsers' : 'rampRequestsPerSecond';
}

function formatEnd(phase: TrafficPhase): string {
  return phase.kind === 'users' ? `${reachedEnd(phase)} users` : `${reachedEnd(phase)} requests per second`;
}
