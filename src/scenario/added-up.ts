import type { TrafficPhase } from './traffic';

/** Phases that begin at some second, beside others. */
export interface Strand {
  readonly name: string;
  readonly startSeconds: number;
  readonly phases: readonly TrafficPhase[];
}

/** A phase at its place in time. */
interface Placed {
  readonly name: string;
  readonly phase: TrafficPhase;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Loads that run beside each other as one: users and users, or rates and rates. Where nothing runs, nobody is there.
 *
 * @param mistakes takes a sentence where users and rates run at the same time, which are answered in different ways.
 */
export function addedUp(strands: readonly Strand[], mistakes: string[]): TrafficPhase[] {
  if (strands.length === 1 && strands[0]!.startSeconds === 0) return [...strands[0]!.phases];
  const placed = strands.flatMap(placedPhases);
  const moments = [...new Set([0, ...placed.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])])].sort((a, b) => a - b);
  const phases: TrafficPhase[] = [];
  for (const [index, start] of moments.slice(0, -1).entries()) {
    const end = moments[index + 1]!;
    const present = placed.filter(({ startSeconds, endSeconds }) => startSeconds <= start && endSeconds >= end);
    const other = present.find(({ phase }) => phase.kind !== present[0]!.phase.kind);
    if (other !== undefined) {
      mistakes.push(`${present[0]!.name} and ${other.name} must not run at the same time, as one has users and the other a rate`);
      return [];
    }
    phases.push(sumOf(present, start, end));
  }
  return phases;
}

function placedPhases({ name, startSeconds, phases }: Strand): Placed[] {
  let start = startSeconds;
  return phases.map((phase) => {
    const placed = { name, phase, startSeconds: start, endSeconds: toMicrosecond(start + phase.durationSeconds) };
    start = placed.endSeconds;
    return placed;
  });
}

/** Sums of decimals are off by a hair, and moments that are one must not become two. */
function toMicrosecond(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

function sumOf(present: readonly Placed[], start: number, end: number): TrafficPhase {
  const first = present[0]?.phase;
  const at = (seconds: number): number => present.reduce((sum, each) => sum + valueAt(each, seconds), 0);
  return {
    kind: first?.kind ?? 'users',
    from: at(start),
    to: at(end),
    thinkSeconds: first?.thinkSeconds ?? 0,
    durationSeconds: end - start,
  };
}

function valueAt({ phase, startSeconds }: Placed, seconds: number): number {
  // rounding may end a hair below nothing.
  return Math.max(0, phase.from + ((phase.to - phase.from) * (seconds - startSeconds)) / phase.durationSeconds);
}
