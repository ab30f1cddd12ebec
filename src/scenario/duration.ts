const SECONDS_PER_UNIT: Readonly<Record<string, number>> = { us: 0.000_001, ms: 0.001, s: 1, m: 60, h: 3600 };

/** Reads `90s`, `5m`, `1h30m` or `250ms` as seconds; undefined for anything else. */
export function parseDurationSeconds(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) return undefined;
  return parts.reduce((seconds, part) => seconds + Number(part[1]) * SECONDS_PER_UNIT[part[2]!]!, 0);
}

/** Writes seconds as they are parsed, in the largest unit that holds them whole. */
export function durationInWords(seconds: number): string {
  const millis = Number((seconds * 1000).toPrecision(12));
  const unit = ['h', 'm', 's'].find((name) => millis % (1000 * SECONDS_PER_UNIT[name]!) === 0) ?? 'ms';
  return `${millis / (1000 * SECONDS_PER_UNIT[unit]!)}${unit}`;
}

/** Writes seconds of a scenario as `4:05`, minutes and seconds. */
export function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
