/** Digits parted in threes, as `1,234,567`. Written here, because a locale differs from machine to machine. */
export function wholeNumber(value: number): string {
  const digits = String(Math.round(Math.abs(value)));
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',');
  return Math.round(value) < 0 ? `-${grouped}` : grouped;
}

/** A number with as many decimals as its size deserves: `0.042`, `1.23`, `45.6`, `1,234`. */
export function amount(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return wholeNumber(value);
  if (size >= 10) return withoutTrailingZeros(value.toFixed(1));
  if (size >= 1) return withoutTrailingZeros(value.toFixed(2));
  return withoutTrailingZeros(value.toFixed(3));
}

/** A number in the width of an axis label, in the same unit all the way up to the top of the axis: `950`, `1.5k`, `20M`. */
export function axisAmount(value: number, top: number): string {
  if (value === 0) return '0';
  if (top >= 1_000_000) return `${amount(value / 1_000_000)}M`;
  return top >= 10_000 ? `${amount(value / 1000)}k` : amount(value);
}

/** A share as a percentage that does not round something to nothing. */
export function percentage(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.01) return 'below 0.01 %';
  return `${withoutTrailingZeros(percent.toFixed(percent < 1 ? 2 : 1))} %`;
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
