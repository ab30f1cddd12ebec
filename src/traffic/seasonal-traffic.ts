import { throwIfAny } from '../parse/input-error';
import type { Traffic, TrafficPhase } from './traffic-phases';
import { MAX_USERS_OR_REQUESTS } from './traffic-validation';

/** A load that follows the hours of the day and the days of the week. */
export interface SeasonalLoad {
  /** The mean of a weekday. */
  readonly meanRequestsPerSecond: number;
  /** The amplitude in percent of the mean: from 0 to 100. */
  readonly amplitudePercent: number;
  /** The busiest hour of a day, from 0 to below 24. */
  readonly peakHour: number;
  /** The load of a Saturday or Sunday in percent of a weekday: from 0 to 200. */
  readonly weekendPercent: number;
  /** How many days, from 1 to 31. */
  readonly days: number;
  /** The day it begins with, from 0 for Monday to 6 for Sunday. */
  readonly firstWeekday: number;
}

/** Ramps of a quarter of an hour are within a thousandth of the curve. */
const STEP_SECONDS = 900;
const DAY_SECONDS = 86_400;
const SATURDAY = 5;

/**
 * Traffic that follows a cosine around its mean once a day, and differs at weekends.
 *
 * @throws InputError for numbers that are out of range.
 */
export function seasonalTraffic(season: SeasonalLoad): Traffic {
  throwIfAny(seasonalLoadErrors(season));
  const phases: TrafficPhase[] = [];
  for (let atSeconds = 0; atSeconds < season.days * DAY_SECONDS; atSeconds += STEP_SECONDS) {
    const [from, to] = [rateAt(season, atSeconds), rateAt(season, atSeconds + STEP_SECONDS)];
    phases.push({ kind: 'rps', from, to, thinkSeconds: 0, durationSeconds: STEP_SECONDS });
  }
  return { phases };
}

function rateAt(season: SeasonalLoad, atSeconds: number): number {
  const { meanRequestsPerSecond, amplitudePercent, peakHour, weekendPercent, firstWeekday } = season;
  const dailyFactor = 1 + (amplitudePercent / 100) * Math.cos(2 * Math.PI * (atSeconds / DAY_SECONDS - peakHour / 24));
  const weekday = (firstWeekday + Math.floor(atSeconds / DAY_SECONDS)) % 7;
  return meanRequestsPerSecond * dailyFactor * (weekday >= SATURDAY ? weekendPercent / 100 : 1);
}

function seasonalLoadErrors(season: SeasonalLoad): string[] {
  const rangeErrors = (name: string, value: number, min: number, max: number): string[] =>
    value >= min && value <= max ? [] : [`${name} must be from ${min} to ${max}, got ${value}`];
  const wholeNumberErrors = (name: string, value: number, min: number, max: number): string[] =>
    Number.isInteger(value) && value >= min && value <= max ? [] : [`${name} must be a whole number from ${min} to ${max}, got ${value}`];
  return [
    // the peak is at most twice the mean, and a weekend at most twice a weekday: four times the mean in all.
    ...rangeErrors('meanRequestsPerSecond', season.meanRequestsPerSecond, 0, MAX_USERS_OR_REQUESTS / 4),
    ...rangeErrors('amplitudePercent', season.amplitudePercent, 0, 100),
    ...(season.peakHour >= 0 && season.peakHour < 24 ? [] : [`peakHour must be from 0 to below 24, got ${season.peakHour}`]),
    ...rangeErrors('weekendPercent', season.weekendPercent, 0, 200),
    ...wholeNumberErrors('days', season.days, 1, 31),
    ...wholeNumberErrors('firstWeekday', season.firstWeekday, 0, 6),
  ];
}
