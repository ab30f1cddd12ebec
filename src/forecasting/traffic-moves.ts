import type { TrafficPhase, TrafficPhases } from '../scenario/traffic';

/** A piece of traffic that takes from the piece before it what it does not say itself. */
export interface TrafficMove {
  readonly kind?: TrafficPhase['kind'];
  readonly from?: number;
  readonly to?: number;
  readonly thinkSeconds?: number;
  readonly durationSeconds: number;
}

/** Phases, and what was wrong with the moves that they were made of. */
export interface PhasesOfMoves {
  readonly phases: TrafficPhases;
  readonly mistakes: readonly string[];
}

const NOTHING: TrafficPhase = { kind: 'users', from: 0, to: 0, thinkSeconds: 0, durationSeconds: 0 };

/** Joins moves: each begins where the one before it ended. A move that takes no time only says where the next begins. */
export function phasesOf(moves: readonly TrafficMove[]): PhasesOfMoves {
  const phases: TrafficPhase[] = [];
  const mistakes: string[] = [];
  let before: TrafficPhase | undefined;
  for (const move of moves) {
    if (before === undefined && move.kind === undefined)
      mistakes.push('hold must follow users or requestsPerSecond, got nothing before it');
    if (before !== undefined && changesKind(before, move)) {
      mistakes.push(`${rampName(move)} must continue the same kind of traffic, got ${inWords(before)} before it`);
      before = undefined;
    }
    before = continued(before ?? NOTHING, move);
    if (before.durationSeconds > 0) phases.push(before);
  }
  return { phases, mistakes };
}

/** Where a ramp begins is where the traffic before it stood, and users are no requests per second. */
function changesKind(before: TrafficPhase, move: TrafficMove): boolean {
  return move.kind !== undefined && move.from === undefined && move.kind !== before.kind;
}

function continued(before: TrafficPhase, move: TrafficMove): TrafficPhase {
  const kind = move.kind ?? before.kind;
  const from = move.from ?? before.to;
  const thinkSeconds = kind === 'users' ? (move.thinkSeconds ?? before.thinkSeconds) : 0;
  return { kind, from, to: move.to ?? from, thinkSeconds, durationSeconds: move.durationSeconds };
}

function rampName(move: TrafficMove): string {
  return move.kind === 'users' ? 'rampUsers' : 'rampRequestsPerSecond';
}

function inWords(phase: TrafficPhase): string {
  return phase.kind === 'users' ? `${phase.to} users` : `${phase.to} requests per second`;
}
