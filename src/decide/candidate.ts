import { limitedPercentiles } from '../metrics/latency-percentiles';
import type { ValidationError } from '../parse/validation-error';
import { changedPlan, type TunableName } from '../plan/changed-plan';
import { capacityErrors } from '../plan/policy';
import { idleTimeoutOf, type Plan } from '../plan/service-plan';
import { cooldownErrors, cpuTargetErrors, requestTargetErrors } from '../plan/target-tracking';
import { taskSizeErrors, vcpuOf } from '../plan/task-size';
import { slowShare } from '../run/latency-over-run';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { AWS_BEHAVIOR, type AwsBehavior } from '../scaling/aws-behavior';
import { CAUTIOUS_AWS_BEHAVIOR } from '../scaling/behavior-alternatives';
import { bandOf } from '../simulation/band';
import { forecast } from '../simulation/forecast';
import { queueingModelOf } from '../simulation/queueing/queueing-model';
import { type Load, LoadOverTime } from '../traffic/traffic-phases';
import type { CostOptions } from './cost/monthly-cost';
import { bandsOf, figuresOf } from './figures';
import { type CandidateBands, type Objective, tasksLostAtOnce, unmetObjectives } from './objective';

/** Settings with their figures over many seeds. */
export interface Candidate extends CandidateBands {
  readonly settings: Settings;
  readonly plan: Plan;
  readonly seeds: number;
  /** A text for each part of the objective that is not met. */
  readonly unmet: readonly string[];
}

/** What a recommendation is requested for. */
export interface RecommendationRequest {
  readonly scenario: Scenario;
  readonly objective: Objective;
  readonly cost: CostOptions;
}

/** Forecasts candidates, and remembers their figures. */
export class CandidateEvaluator {
  public forecasts = 0;
  private readonly evaluated = new Map<string, Candidate>();

  public constructor(
    private readonly request: RecommendationRequest,
    private readonly onForecast: () => void = () => {},
  ) {}

  /** Every evaluated candidate, each with the most seeds that it was evaluated with. */
  public get candidates(): readonly Candidate[] {
    return [...this.evaluated.values()];
  }

  public evaluate(settings: Settings, seeds: number): Candidate {
    const earlier = this.evaluated.get(settingsKey(settings));
    if (earlier !== undefined && earlier.seeds >= seeds) return earlier;
    const candidate = this.forecast(settings, seeds);
    this.evaluated.set(settingsKey(settings), candidate);
    return candidate;
  }

  private forecast(settings: Settings, seeds: number): Candidate {
    const { scenario, objective } = this.request;
    const plan = changedPlan({ ...scenario.plan, policy: { ...scenario.plan.policy, targetTracking: [], stepScaling: [] } }, settings);
    const runs = Array.from({ length: seeds }, (_, index) =>
      this.run({ ...scenario, plan, behavior: behaviorOfRun(scenario, index), seed: scenario.seed + index }),
    );
    const bandOfShare = (share: (run: (typeof runs)[number]) => number) => bandOf(runs.map(share))!;
    const bands = {
      ...bandsOf(runs.map(({ figures }) => figures)),
      lossNotSurvivedShare: bandOfShare((run) => run.lossNotSurvived),
      shareMissingObjective: bandOfShare(
        ({ figures, slow, lossNotSurvived }) => 1 - (1 - figures.failedShare) * (1 - slow) * (1 - lossNotSurvived),
      ),
    };
    return { settings, plan, seeds, ...bands, unmet: unmetObjectives(objective, bands) };
  }

  private run(scenario: Scenario) {
    const { objective, cost } = this.request;
    const outcome = forecast(scenario);
    this.forecasts++;
    this.onForecast();
    return {
      figures: figuresOf(scenario, outcome, cost),
      slow: Math.max(0, ...limitedPercentiles(objective).map(({ limitMillis }) => slowShare(outcome.timeline, limitMillis))),
      lossNotSurvived: lossNotSurvivedShare(scenario, outcome, objective),
    };
  }
}

/** Each second run has the slower end of every range that AWS does not document, so that what is recommended holds for it too. */
function behaviorOfRun({ behavior }: Scenario, index: number): AwsBehavior {
  return index % 2 === 1 && behavior === AWS_BEHAVIOR ? CAUTIOUS_AWS_BEHAVIOR : behavior;
}

/** The props that a search varies, in the order in which they are written. */
export const RECOMMENDED_PROPS = [
  'cpu',
  'memoryMiB',
  'minCapacity',
  'maxCapacity',
  'targetCpuUtilizationPercent',
  'requestsPerSecondPerTask',
  'scaleOutCooldownSeconds',
  'scaleInCooldownSeconds',
] as const satisfies readonly TunableName[];

/** The values of the props that a search varies. */
export type Settings = Readonly<Record<(typeof RECOMMENDED_PROPS)[number], number>>;

/** The validation errors that the construct would throw. */
export function settingsErrors(settings: Settings): ValidationError[] {
  return [
    ...taskSizeErrors(settings),
    ...capacityErrors(settings.minCapacity, settings.maxCapacity),
    ...cpuTargetErrors(settings.targetCpuUtilizationPercent),
    ...requestTargetErrors(settings.requestsPerSecondPerTask),
    ...cooldownErrors('scaleOutCooldown', settings.scaleOutCooldownSeconds),
    ...cooldownErrors('scaleInCooldown', settings.scaleInCooldownSeconds),
  ];
}

/** A string that is equal for equal settings. */
export function settingsKey(settings: Settings): string {
  return Object.values(settings).join(' ');
}

/** The share of the time in which the tasks that remain after a loss could not serve the traffic. */
export function lossNotSurvivedShare(scenario: Scenario, outcome: Pick<Outcome, 'timeline'>, objective: Objective): number {
  const loadOverTime = new LoadOverTime(scenario.traffic);
  const { capacityPerSecond } = queueingModelOf(scenario.workload, vcpuOf(scenario.plan.task));
  let seconds = 0;
  let lossNotSurvived = 0;
  for (const { atSeconds, healthyCount } of outcome.timeline) {
    const lost = tasksLostAtOnce(objective, healthyCount, scenario.plan.zoneCount);
    const remainingPerSecond = Math.max(0, healthyCount - lost) * capacityPerSecond;
    if (lost > 0 && !canServe(loadOverTime.at(atSeconds), remainingPerSecond, scenario)) {
      lossNotSurvived += atSeconds - seconds;
    }
    seconds = atSeconds;
  }
  return seconds > 0 ? lossNotSurvived / seconds : 0;
}

/**
 * Whether a capacity can serve a load.
 *
 * An open load above the capacity fails. Users wait for their responses, so with less capacity they send less: they are served as long as
 * each gets its response within the idle timeout of the load balancer.
 */
function canServe(load: Load, capacityPerSecond: number, { plan, traffic }: Scenario): boolean {
  const limitPerSecond = traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY;
  const { requestsPerSecondBeside = 0 } = load;
  const ratePerSecond = load.kind === 'rps' ? load.value : requestsPerSecondBeside;
  if (load.value === 0 && ratePerSecond === 0) return true;
  const forUsersPerSecond = capacityPerSecond - Math.min(ratePerSecond, limitPerSecond);
  if (load.kind === 'rps' || load.value === 0) return forUsersPerSecond >= 0;
  return load.value <= forUsersPerSecond * Math.max(idleTimeoutOf(plan) + load.thinkSeconds, load.pacingSeconds ?? 0);
}
