import { twoDigits } from '../time/calendar';

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { us: 0.000_001, ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Reads `90s`, `5m`, `1h30m`, `2d` or `250ms` as seconds; undefined for anything else. */
export function parseDurationSeconds(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) return undefined;
  const seconds = parts.reduce((sum, part) => sum + Number(part[1]) * SECONDS_PER_UNIT[part[2]!]!, 0);
  // without the rounding error of binary fractions: 0.9ms are 0.0009 seconds.
  return Number(seconds.toPrecision(12));
}

/** Writes seconds as they are parsed, in the largest unit that needs no fraction. */
export function formatDuration(seconds: number): string {
  const millis = Number((seconds * 1000).toPrecision(12));
  const unit = ['h', 'm', 's'].find((name) => millis % (1000 * SECONDS_PER_UNIT[name]!) === 0) ?? 'ms';
  return `${millis / (1000 * SECONDS_PER_UNIT[unit]!)}${unit}`;
}

/** A longer time is written with hours. */
const MAX_SECONDS_WITHOUT_HOURS = 2 * 3600;
const SECONDS_PER_DAY = 86_400;

/** Writes seconds of a scenario as `4:05`, minutes and seconds; after two hours as `2:04:05`; after two days as `2d 04:05`, hours and minutes. */
export function formatElapsed(seconds: number): string {
  const whole = Math.round(seconds);
  const [days, hours, minutes] = [Math.floor(whole / SECONDS_PER_DAY), Math.floor(whole / 3600), Math.floor(whole / 60)];
  if (whole <= MAX_SECONDS_WITHOUT_HOURS) return `${minutes}:${twoDigits(whole % 60)}`;
  if (days < 2) return `${hours}:${twoDigits(minutes % 60)}:${twoDigits(whole % 60)}`;
  return `${days}d ${twoDigits(hours % 24)}:${twoDigits(minutes % 60)}`;
}
