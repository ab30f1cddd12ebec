import { type Duration, Token } from 'aws-cdk-lib';
import { InputError } from '../parse/input-error';
import type { KnownIteration } from '../traffic/iteration';
import type { SeasonalLoad } from '../traffic/seasonal-traffic';
import type { Traffic } from '../traffic/traffic-phases';
import { DURATION, inSeconds, NUMBER, type OptionTypes, optional } from './argument-types';

/**
 * A load that follows the hours of the day and the days of the week.
 */
export interface SeasonalTrafficOptions {
  /**
   * The mean over a weekday, from 0 to 250,000 requests per second.
   */
  readonly meanRequestsPerSecond: number;

  /**
   * The amplitude in percent of the mean: from 0 to 100.
   *
   * @default 50
   */
  readonly amplitudePercent?: number;

  /**
   * The busiest hour of a day, from 0 to below 24; can be a fraction.
   *
   * @default 14
   */
  readonly peakHour?: number;

  /**
   * The number of days, from 1 to 31.
   *
   * @default - one for `Traffic.daily`, seven for `Traffic.weekly`
   */
  readonly days?: number;

  /**
   * The load of a Saturday or a Sunday, in percent of a weekday: from 0 to 200.
   *
   * @default - 100 for `Traffic.daily`, 50 for `Traffic.weekly`
   */
  readonly weekendPercent?: number;
}

/**
 * An iteration of a virtual user of k6. It is in the script, which is not read.
 */
export interface K6Iteration {
  /**
   * How long a user sleeps in each iteration.
   *
   * @default - users do not sleep, and a remark of the forecast says so
   */
  readonly sleep?: Duration;

  /**
   * The requests of an iteration; above 0.
   *
   * @default 1
   */
  readonly requests?: number;
}

/** The types of the options of daily and weekly traffic. */
export const SEASONAL_TRAFFIC_OPTIONS: OptionTypes<SeasonalTrafficOptions> = {
  meanRequestsPerSecond: NUMBER,
  amplitudePercent: optional(NUMBER),
  peakHour: optional(NUMBER),
  days: optional(NUMBER),
  weekendPercent: optional(NUMBER),
};

/** The types of an iteration. */
export const K6_ITERATION: OptionTypes<K6Iteration> = { sleep: optional(DURATION), requests: optional(NUMBER) };

const MONDAY = 0;

/** A duration in seconds; 0 if it is left out. */
export function secondsOrZero(duration: Duration | undefined): number {
  return duration === undefined ? 0 : inSeconds(duration);
}

/** What is known of an iteration. */
export function iterationOf({ sleep, requests }: K6Iteration): KnownIteration {
  return { thinkSeconds: sleep === undefined ? undefined : inSeconds(sleep), requestsPerIteration: requests };
}

/** The season of the options with their defaults. */
export function seasonalLoadOf(options: SeasonalTrafficOptions, days: number, weekendPercent: number): SeasonalLoad {
  return {
    meanRequestsPerSecond: options.meanRequestsPerSecond,
    amplitudePercent: options.amplitudePercent ?? 50,
    peakHour: options.peakHour ?? 14,
    days: options.days ?? days,
    weekendPercent: options.weekendPercent ?? weekendPercent,
    firstWeekday: MONDAY,
  };
}

/** Reads traffic, and returns its errors instead of throwing them, so that a forecast reports them with all others. */
export function tryRead(reader: () => Traffic): { readonly traffic: Traffic; readonly errors: readonly string[] } {
  try {
    return { traffic: reader(), errors: [] };
  } catch (error) {
    if (error instanceof InputError) return { traffic: { phases: [] }, errors: error.errors };
    throw error;
  }
}

/** A number, or the error of a token: a forecast needs the value now. Another error about the number inside of a token would be about nothing. */
export function knownNumber(name: string, value: number | undefined): { readonly known?: number; readonly errors: readonly string[] } {
  return Token.isUnresolved(value) ? { errors: [`${name} must be known for a forecast, got a token`] } : { known: value, errors: [] };
}
