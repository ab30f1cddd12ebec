import { type Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { MOST_SEEDS } from '../forecast/band';
import { refuse } from '../plan/invalid-input';
import type { Plan } from '../plan/plan';
import type { Scenario } from '../scenario/scenario';
import { scenarioMistakes } from '../scenario/scenario-mistakes';
import { awsBehaviorMistakes, awsBehaviorOf } from './aws-behavior-of-options';
import { inSeconds } from './duration-in-seconds';
import type { ForecastOptions } from './forecast-options';
import { parseStartTime, startTimeMistakes } from './start-time';
import { Workload } from './workload';

const DEFAULT_SEED = 1;

/** The question that the options ask of a plan. */
export function scenarioOf(plan: Plan, options: ForecastOptions): Scenario {
  const { traffic, workload = Workload.referenceSearchService(), startsAt } = options;
  // JavaScript lets a caller leave it out.
  refuse(traffic === undefined ? ['traffic must be given, such as Traffic.users(30, Duration.minutes(5)), got none'] : []);
  return {
    plan,
    workload: workload._workload(),
    traffic: traffic._traffic(),
    behavior: awsBehaviorOf(options.behavior ?? {}),
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

/** Returns one sentence for each part of the question that has no answer. */
export function questionMistakes(scenario: Scenario, options: ForecastOptions): string[] {
  const mistakes = [
    ...options.traffic._mistakes(),
    ...scenarioMistakes(scenario),
    ...startTimeMistakes(options.startsAt),
    ...awsBehaviorMistakes(options.behavior ?? {}),
    ...seedsMistakes(options.seeds),
  ];
  // the traffic is looked at twice: as it was written, and as it was joined.
  return [...new Set(mistakes)];
}

function seedsMistakes(seeds: number | undefined): string[] {
  if (seeds === undefined || (Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_SEEDS)) return [];
  return [`seeds must be a whole number from 1 to ${MOST_SEEDS}, got ${seeds}`];
}
