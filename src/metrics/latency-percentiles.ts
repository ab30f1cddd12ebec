/**
 * The percentiles of latency that a forecast computes, a rehearsal measures and every output has, one row each. A percentile with a range has
 * the values of both latency models in a forecast.
 */
export const LATENCY_PERCENTILES = [
  { name: 'p50', percent: 50, hasRange: false },
  { name: 'p95', percent: 95, hasRange: true },
  { name: 'p99', percent: 99, hasRange: true },
] as const;

type PercentileRow = (typeof LATENCY_PERCENTILES)[number];

/** The name of a percentile, as CloudWatch writes it. */
export type LatencyPercentile = PercentileRow['name'];

/** The name of a percentile that has a range over the latency models. */
export type RangedPercentile = Extract<PercentileRow, { readonly hasRange: true }>['name'];

/** The percentiles that have a range, and that can be limited by an objective or an expectation. */
export const RANGED_PERCENTILES = LATENCY_PERCENTILES.filter(
  (row): row is Extract<PercentileRow, { readonly hasRange: true }> => row.hasRange,
);

/** Percentiles over a whole run or their limits, in milliseconds; undefined for none. */
export type LatencyLimits = { readonly [Name in RangedPercentile as `${Name}Millis`]?: number };

/** Each percentile that is limited, with its limit. */
export function limitedPercentiles(
  limits: LatencyLimits,
): { readonly name: RangedPercentile; readonly percent: number; readonly limitMillis: number }[] {
  return RANGED_PERCENTILES.flatMap(({ name, percent }) => {
    const limitMillis = limits[`${name}Millis`];
    return limitMillis === undefined ? [] : [{ name, percent, limitMillis }];
  });
}

/** The percentiles of the client-side latencies of a period; undefined if nothing was served. */
export type ClientLatencies = { readonly [Name in LatencyPercentile as `${Name}Millis`]?: number };

/** In a forecast, a percentile by the latency model with less queueing and by the one with more. */
export type LatencyRanges = { readonly [Name in RangedPercentile as `${Name}LowMillis` | `${Name}HighMillis`]?: number };

/** The fields of a row with latencies, in the order in which they are written. */
export const LATENCY_FIELDS: readonly (keyof ClientLatencies | keyof LatencyRanges)[] = LATENCY_PERCENTILES.flatMap((row) =>
  row.hasRange ? ([`${row.name}Millis`, `${row.name}LowMillis`, `${row.name}HighMillis`] as const) : [`${row.name}Millis` as const],
);

/** Only the latencies of a row. */
export function latenciesOf(row: ClientLatencies & LatencyRanges): ClientLatencies & LatencyRanges {
  const latencies: Record<string, number | undefined> = {};
  for (const field of LATENCY_FIELDS) latencies[field] = row[field];
  return latencies;
}
