import { refuse } from '../plan/invalid-input';
import type { Traffic, TrafficPhase } from './traffic';
import { MOST_USERS_OR_REQUESTS } from './traffic-mistakes';

/** A load that goes with the hours of the day and the days of the week. */
export interface Season {
  /** The mean of a weekday. */
  readonly meanRequestsPerSecond: number;
  /** How far the busiest hour is above the mean, and the quietest below it, as a share of the mean: from 0 to 1. */
  readonly swingShare: number;
  /** The busiest hour of a day, from 0 to below 24. */
  readonly peakHour: number;
  /** What a Saturday or Sunday brings of a weekday: 1 for as much, 0.4 for two fifths. */
  readonly weekendShare: number;
  /** How many days, from 1 to 31. */
  readonly days: number;
  /** The day it begins with, from 0 for Monday to 6 for Sunday. */
  readonly firstWeekday: number;
}

/** Lines of a quarter of an hour are within a thousandth of the curve. */
const STEP_SECONDS = 900;
const DAY_SECONDS = 86_400;
const SATURDAY = 5;

/**
 * Traffic that swings once a day, as a cosine around its mean, and is less at weekends.
 *
 * @throws InvalidInput for numbers that no season has.
 */
export function seasonalTraffic(season: Season): Traffic {
  refuse(seasonMistakes(season));
  const phases: TrafficPhase[] = [];
  for (let atSeconds = 0; atSeconds < season.days * DAY_SECONDS; atSeconds += STEP_SECONDS) {
    const [from, to] = [rateAt(season, atSeconds), rateAt(season, atSeconds + STEP_SECONDS)];
    phases.push({ kind: 'rps', from, to, thinkSeconds: 0, durationSeconds: STEP_SECONDS });
  }
  return { phases };
}

function rateAt(season: Season, atSeconds: number): number {
  const { meanRequestsPerSecond, swingShare, peakHour, weekendShare, firstWeekday } = season;
  const swing = 1 + swingShare * Math.cos(2 * Math.PI * (atSeconds / DAY_SECONDS - peakHour / 24));
  const weekday = (firstWeekday + Math.floor(atSeconds / DAY_SECONDS)) % 7;
  return meanRequestsPerSecond * swing * (weekday >= SATURDAY ? weekendShare : 1);
}

function seasonMistakes(season: Season): string[] {
  const within = (name: string, value: number, least: number, most: number): string[] =>
    value >= least && value <= most ? [] : [`${name} must be from ${least} to ${most}, got ${value}`];
  const whole = (name: string, value: number, least: number, most: number): string[] =>
    Number.isInteger(value) && value >= least && value <= most
      ? []
      : [`${name} must be a whole number from ${least} to ${most}, got ${value}`];
  return [
    // the peak is at most twice the mean, and the weekend at most twice the week.
    ...within('mean requests per second', season.meanRequestsPerSecond, 0, MOST_USERS_OR_REQUESTS / 4),
    ...within('swing', season.swingShare, 0, 1),
    ...(season.peakHour >= 0 && season.peakHour < 24 ? [] : [`peak hour must be from 0 to below 24, got ${season.peakHour}`]),
    ...within('weekend share', season.weekendShare, 0, 2),
    ...whole('days', season.days, 1, 31),
    ...whole('first weekday', season.firstWeekday, 0, 6),
  ];
}
