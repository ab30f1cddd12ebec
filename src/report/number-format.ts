/** A whole number with thousands separators: `1,234,567`. Independent of the locale, so that output is the same on every machine. */
export function formatWholeNumber(value: number): string {
  const digits = String(Math.round(Math.abs(value)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return Math.round(value) < 0 ? `-${grouped}` : grouped;
}

/** A number with fewer decimals the larger it is: `0.042`, `1.23`, `45.6`, `1,234`. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return formatWholeNumber(value);
  if (size >= 10) return withoutTrailingZeros(value.toFixed(1));
  if (size >= 1) return withoutTrailingZeros(value.toFixed(2));
  return withoutTrailingZeros(value.toFixed(3));
}

/** The label of an axis tick, with the same suffix for the whole axis: `950`, `1.5k`, `20M`. */
export function formatTick(value: number, axisMax: number): string {
  if (value === 0) return '0';
  if (axisMax >= 1_000_000) return `${formatNumber(value / 1_000_000)}M`;
  return axisMax >= 10_000 ? `${formatNumber(value / 1000)}k` : formatNumber(value);
}

/** A share as a percentage. A share above 0 is never rounded to 0. */
export function formatPercentage(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.01) return 'below 0.01 %';
  return `${withoutTrailingZeros(percent.toFixed(percent < 1 ? 2 : 1))} %`;
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
