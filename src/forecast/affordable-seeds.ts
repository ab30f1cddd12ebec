import { type Traffic, trafficSeconds } from '../scenario/traffic';

const SECONDS_PER_DAY = 86_400;
const DAYS_TOGETHER = 10;
const MOST_SEEDS = 100;
const FEWEST_SEEDS = 10;

/** So that a long forecast does not take minutes: a hundred seeds, or as many as make ten days together, but ten at least. */
export function affordableSeeds(traffic: Traffic): number {
  const days = trafficSeconds(traffic) / SECONDS_PER_DAY;
  return Math.min(MOST_SEEDS, Math.max(FEWEST_SEEDS, Math.round(DAYS_TOGETHER / days)));
}
