import { twoDigits } from '../../plan/calendar';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Distances that people count time in. */
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
  /** How to read the labels. */
  readonly unit: string;
}

/** Round moments from the start to the end, at most so many steps of them. */
export function timeTicks(endSeconds: number, steps: number): TimeTicks {
  const step = STEPS_SECONDS.find((candidate) => endSeconds / candidate <= steps) ?? Math.ceil(endSeconds / steps / DAY) * DAY;
  const seconds = Array.from({ length: Math.floor(endSeconds / step + 1e-9) + 1 }, (_, index) => index * step);
  const { unit, label } = wording(endSeconds, step);
  return { seconds, labels: seconds.map(label), unit };
}

function wording(endSeconds: number, step: number): { readonly unit: string; readonly label: (seconds: number) => string } {
  if (step >= DAY) return { unit: 'days', label: (seconds) => String(seconds / DAY) };
  if (endSeconds > 2 * DAY) return { unit: 'days and hours', label: dayAndHour };
  if (endSeconds > 2 * HOUR) return { unit: 'hours:minutes', label: (seconds) => parted(seconds / MINUTE) };
  return { unit: 'minutes:seconds', label: (seconds) => parted(seconds) };
}

/** Larger unit, colon, two digits of the smaller. */
function parted(smaller: number): string {
  return `${Math.floor(smaller / 60)}:${twoDigits(Math.round(smaller % 60))}`;
}

function dayAndHour(seconds: number): string {
  const hours = Math.round((seconds % DAY) / HOUR);
  return hours === 0 ? `${Math.floor(seconds / DAY)} d` : `${hours} h`;
}
