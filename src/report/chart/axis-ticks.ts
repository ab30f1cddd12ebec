import { twoDigits } from '../../time/calendar';

/** Round steps within a power of ten. */
const ROUND_STEPS = [1, 2, 5, 10];

/** The ticks of an axis that starts at 0. */
export interface Ticks {
  /** Round values at equal distances, from 0 to `axisMax`. */
  readonly values: readonly number[];
  readonly axisMax: number;
}

/**
 * Round ticks from 0 to the first that is not below the highest value.
 *
 * @param highest the value that must fit on the axis, at least 0.
 * @param steps the maximum number of steps.
 * @param wholeNumbersOnly as for tasks.
 */
export function ticksUpTo(highest: number, steps: number, wholeNumbersOnly = false): Ticks {
  const step = roundStep(highest > 0 ? highest / steps : 1 / steps, wholeNumbersOnly);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  // multiplied, not added up: a sum of tenths has rounding errors.
  const values = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { values, axisMax: values.at(-1)! };
}

/** The smallest round number that is not below the one given. */
function roundStep(minStep: number, wholeNumbersOnly: boolean): number {
  let power = 1;
  while (power > minStep) power /= 10;
  while (power * 10 < minStep) power *= 10;
  const step = Number((power * ROUND_STEPS.find((round) => power * round >= minStep * (1 - 1e-9))!).toPrecision(12));
  return wholeNumbersOnly ? Math.max(1, step) : step;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Round steps of time. */
const STEPS_SECONDS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 7, 14].map((count) => count * DAY),
];

/** The time axis of a chart. */
export interface TimeTicks {
  readonly seconds: readonly number[];
  readonly labels: readonly string[];
  /** The unit of the labels. */
  readonly unit: string;
}

/** Round times from the start to the end, with a maximum number of steps. */
export function timeTicks(endSeconds: number, steps: number): TimeTicks {
  const step = STEPS_SECONDS.find((candidate) => endSeconds / candidate <= steps) ?? Math.ceil(endSeconds / steps / DAY) * DAY;
  const seconds = Array.from({ length: Math.floor(endSeconds / step + 1e-9) + 1 }, (_, index) => index * step);
  const { unit, label } = labelsOf(endSeconds, step);
  return { seconds, labels: seconds.map(label), unit };
}

function labelsOf(endSeconds: number, step: number): { readonly unit: string; readonly label: (seconds: number) => string } {
  if (step >= DAY) return { unit: 'days', label: (seconds) => String(seconds / DAY) };
  if (endSeconds > 2 * DAY) return { unit: 'days and hours', label: dayAndHour };
  if (endSeconds > 2 * HOUR) return { unit: 'hours:minutes', label: (seconds) => withColon(seconds / MINUTE) };
  return { unit: 'minutes:seconds', label: (seconds) => withColon(seconds) };
}

/** The larger unit, a colon, and two digits of the smaller unit. */
function withColon(smaller: number): string {
  return `${Math.floor(smaller / 60)}:${twoDigits(Math.round(smaller % 60))}`;
}

function dayAndHour(seconds: number): string {
  const hours = Math.round((seconds % DAY) / HOUR);
  return hours === 0 ? `${Math.floor(seconds / DAY)} d` : `${hours} h`;
}
