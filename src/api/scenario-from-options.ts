import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import type { ValidationError } from '../parse/validation-error';
import type { Plan } from '../plan/service-plan';
import type { Scenario } from '../run/scenario';
import { scenarioErrors } from '../run/scenario-validation';
import { AWS_BEHAVIOR } from '../scaling/aws-behavior';
import { MAX_SEEDS } from '../simulation/band';
import { type CalendarTime, isOnCalendar } from '../time/calendar';
import { completeWorkload } from '../workload/workload-fields';
import { checkTypes, inSeconds } from './argument-types';
import { FORECAST_OPTIONS, type ForecastOptions } from './forecast-options';

const DEFAULT_SEED = 1;

/** The scenario of a plan and options. */
export function scenarioOf(plan: Plan, options: ForecastOptions): Scenario {
  checkTypes('forecast options', options, FORECAST_OPTIONS);
  const { traffic, workload, startsAt } = options;
  return {
    plan,
    ...(workload?._complete() ?? completeWorkload()),
    traffic: traffic._traffic(),
    history: options.history?._traffic(),
    behavior: options.behavior?._behavior() ?? AWS_BEHAVIOR,
    faults: options.faults?.map((fault) => fault._fault()),
    imageMegabytes: megabytes(options.imageSize),
    seed: options.seed ?? DEFAULT_SEED,
    startsAt: startsAt === undefined ? undefined : parseStartTime(startsAt),
    policyChanges: options.policyChanges?.map(({ at, ...change }) => ({ atSeconds: inSeconds(at), ...change })),
    predictedMinimums: options.predictedMinimums?.map(({ at, minCapacity }) => ({ atSeconds: inSeconds(at), minCapacity })),
  };
}

const BYTES_PER_MEGABYTE = 1_000_000;

function megabytes(size: Size | undefined): number | undefined {
  return size && size.toBytes({ rounding: SizeRoundingBehavior.NONE }) / BYTES_PER_MEGABYTE;
}

/** Returns an error for each option that is out of range. */
export function forecastErrors(scenario: Scenario, options: ForecastOptions): ValidationError[] {
  return [
    ...options.traffic._errors(),
    ...(options.history?._errors() ?? []),
    ...scenarioErrors(scenario),
    ...startTimeErrors(options.startsAt),
    ...seedsErrors(options.seeds),
  ];
}

function seedsErrors(seeds: number | undefined): string[] {
  if (seeds === undefined || (Number.isInteger(seeds) && seeds >= 1 && seeds <= MAX_SEEDS)) return [];
  return [`seeds must be a whole number from 1 to ${MAX_SEEDS}, got ${seeds}`];
}

const START_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** Reads a date and time such as 2026-11-27T08:30; undefined if the calendar does not have it, such as the 31st of April. */
export function parseStartTime(text: string): CalendarTime | undefined {
  const parts = START_TIME.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number];
  const time = { year, month, day, hour, minute };
  return isOnCalendar(time) ? time : undefined;
}

/** Returns the error of a start that is not a date and time, if any. */
export function startTimeErrors(text: string | undefined): string[] {
  if (text === undefined || parseStartTime(text) !== undefined) return [];
  return [`startsAt must be a date and time such as 2026-11-27T08:30, got '${text}'`];
}
