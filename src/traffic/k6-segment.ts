/** The part of a test that one instance of k6 runs, as of `executionSegment`. */
export interface K6Segment {
  /** From 0 to 1. */
  readonly share: number;
  /** Which of so many users, or iterations, this instance has. */
  count(total: number): number;
}

/** The whole test. */
export const WHOLE_TEST: K6Segment = { share: 1, count: (total) => total };

/** A sequence with more parts than this is taken as its share. */
const MAX_PARTS = 100_000;

/** A fraction of whole numbers. */
type Fraction = readonly [numerator: number, denominator: number];

/** Reads a segment such as `0:1/4`, `1/4` or `25%`; undefined for anything else. */
export function parseK6Segment(text: string): K6Segment | undefined {
  const ends = text.split(':');
  const [from, to] = ends.length === 1 ? [[0, 1] as const, fractionOf(ends[0]!)] : ends.map(fractionOf);
  if (ends.length > 2 || from === undefined || to === undefined) return undefined;
  const share = shareOf(to) - shareOf(from);
  if (!(share > 0) || shareOf(to) > 1) return undefined;
  return share === 1 ? WHOLE_TEST : stripedSegment(from, to, share);
}

function fractionOf(text: string): Fraction | undefined {
  const match = /^\s*(\d+)(?:\.(\d{1,6}))?(?:\/(\d+)|(%))?\s*$/.exec(text);
  if (match === null) return undefined;
  const [, whole, decimals = '', divisor = '1', percent] = match;
  const denominator = Number(`1${'0'.repeat(decimals.length)}`) * Number(divisor) * (percent === undefined ? 1 : 100);
  return denominator === 0 ? undefined : reduced(Number(whole! + decimals), denominator);
}

/**
 * Users are dealt out in turns, the longest segment first, so that the instances of all segments have as many as the whole test at any time:
 * `lib/execution_segment.go` of k6 1.0.
 */
function stripedSegment(from: Fraction, to: Fraction, share: number): K6Segment {
  const parts = [from[1], to[1]].reduce((one, other) => (one / divisorOf(one, other)) * other);
  if (parts > MAX_PARTS) return { share, count: (total) => total * share };
  const [start, end] = [from, to].map(([numerator, denominator]) => (numerator * parts) / denominator) as [number, number];
  const segments = [
    { isOwn: false, length: start },
    { isOwn: true, length: end - start },
    { isOwn: false, length: parts - end },
  ];
  const dealt = segments.filter(({ length }) => length > 0).map((segment) => ({ ...segment, chosen: 0 }));
  dealt.sort((one, other) => other.length - one.length);
  /** How many of the first so many are of this segment. */
  const own = [0];
  for (let index = 0; index < parts; index++) {
    const next = dealt.find(({ chosen, length }) => index * length >= chosen * parts);
    if (next !== undefined) next.chosen += 1;
    own.push(own[index]! + Number(next?.isOwn === true));
  }
  return { share, count: (total) => Math.floor(total / parts) * own[parts]! + own[total % parts]! };
}

function shareOf([numerator, denominator]: Fraction): number {
  return numerator / denominator;
}

function reduced(numerator: number, denominator: number): Fraction {
  const divisor = divisorOf(numerator, denominator) || 1;
  return [numerator / divisor, denominator / divisor];
}

function divisorOf(one: number, other: number): number {
  return other === 0 ? one : divisorOf(other, one % other);
}
