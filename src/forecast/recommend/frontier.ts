/** Something that costs and is risky. */
export interface Weighed {
  readonly dollars: number;
  readonly risk: number;
}

/** What costs more has to be less risky by a tenth: less of a difference is the noise of chance. */
const LEAST_GAIN = 0.1;

/** A risk below this is none: fewer than one request in a million. */
const NO_RISK = 1e-6;

/** Those than which nothing is both as cheap and as little risky; the cheapest first. */
export function frontierOf<Item>(items: readonly Item[], weigh: (item: Item) => Weighed): Item[] {
  const sorted = items
    .map((item) => {
      const { dollars, risk } = weigh(item);
      return { item, dollars, risk: risk < NO_RISK ? 0 : risk };
    })
    .sort((one, other) => one.dollars - other.dollars || one.risk - other.risk);
  let least = Number.POSITIVE_INFINITY;
  return sorted.flatMap(({ item, risk }) => {
    if (risk > 0 ? risk > least * (1 - LEAST_GAIN) : least === 0) return [];
    least = risk;
    return [item];
  });
}
