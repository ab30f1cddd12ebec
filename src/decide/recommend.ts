import { limitedPercentiles } from '../metrics/latency-percentiles';
import { throwIfAny } from '../parse/input-error';
import { TUNABLE_PROPS } from '../plan/changed-plan';
import type { Plan } from '../plan/service-plan';
import { cpuErrors } from '../plan/task-size';
import type { Scenario } from '../run/scenario';
import { reachedEnd, trafficSeconds } from '../traffic/traffic-phases';
import { workloadErrors } from '../workload/workload-parameters';
import { type Candidate, CandidateEvaluator, RECOMMENDED_PROPS, type RecommendationRequest } from './candidate';
import type { CostOptions } from './cost/monthly-cost';
import { formatObjective, type Objective, objectiveErrors } from './objective';
import { MAX_TASKS, MAX_VCPU, SearchSpace } from './search-space';

/** The options of a recommendation, besides the objective. */
export interface RecommendOptions extends CostOptions {
  /**
   * The sizes of tasks that may be recommended, in CPU units.
   *
   * @default - all that Fargate offers up to 4 vCPU
   */
  readonly cpus?: readonly number[];
  /**
   * Called after each forecast; their number is not known beforehand.
   *
   * @default - not called
   */
  readonly onForecast?: () => void;
}

/** The cheapest policy that was found to meet an objective, or the one that comes nearest to it. */
export interface Recommendation {
  /** Whether the objective is met in 95 of 100 runs. */
  readonly isMet: boolean;
  /** Undefined if no number of tasks of any size could meet it. */
  readonly best?: Candidate;
  /** The candidates of which each costs more and misses the objective for fewer requests than the one before. */
  readonly frontier: readonly Candidate[];
  /** The recommendation as text. */
  readonly summary: string;
  /** The props of the construct for the best candidate, as TypeScript to paste; empty if there is none. */
  readonly props: string;
  readonly effort: { readonly candidates: number; readonly forecasts: number };
}

/**
 * Searches the cheapest targets, minimum, cooldowns and task size that meet an objective under the traffic of a scenario.
 *
 * It holds with a margin: 10 % more CPU per request than the workload has, and the slower end of every behavior that AWS does not document.
 *
 * It evaluates a few settings that are far apart, then the neighbors of the best, each with few seeds; the best are evaluated
 * again with many. Everything else, and the minimum of the memory, comes from the plan of the scenario. Every candidate passes
 * the validation of the construct.
 *
 * @throws InputError for an objective or a workload that is out of range.
 */
export function recommend(scenario: Scenario, objective: Objective, options: RecommendOptions = {}): Recommendation {
  const { policy } = scenario.plan;
  throwIfAny([
    ...objectiveErrors(objective),
    ...workloadErrors(scenario.workload, MAX_VCPU),
    ...(policy.platform === 'ecs' ? [] : ['the plan must be of an ECS service on Fargate, got an EC2 auto scaling group']),
  ]);
  throwIfAny((options.cpus ?? []).flatMap(cpuErrors));
  const request = { scenario: withMargin(scenario), objective, cost: options };
  const space = new SearchSpace(request.scenario, objective, options.cpus);
  const evaluator = new CandidateEvaluator(request, options.onForecast);
  search(space, evaluator, seedCountsFor(scenario));
  const confirmed = confirm(evaluator, seedCountsFor(scenario));
  const [best] = confirmed;
  return {
    isMet: best !== undefined && best.unmet.length === 0,
    best,
    frontier: paretoFrontier(confirmed, costAndMissedShareOf),
    summary: best === undefined ? formatNoCandidate(request) : formatBest(request, best),
    props: best === undefined ? '' : propsText(best.plan),
    effort: { candidates: evaluator.candidates.length, forecasts: evaluator.forecasts },
  };
}

/** What a request costs is known no better than this: a recommendation holds with so much more CPU per request. */
export const CPU_MARGIN = 0.1;

/** The scenario in which requests cost more than was measured. */
function withMargin(scenario: Scenario): Scenario {
  const { workload } = scenario;
  const cpuSecondsPerRequest = (1 + CPU_MARGIN) * workload.cpuSecondsPerRequest;
  const cpuSecondsPerWakeUp = (1 + CPU_MARGIN) * workload.cpuSecondsPerWakeUp;
  return { ...scenario, workload: { ...workload, cpuSecondsPerRequest, cpuSecondsPerWakeUp } };
}

/** How many seeds a candidate is evaluated with. */
interface SeedCounts {
  /** During the search. */
  readonly few: number;
  /** For the best candidates, afterwards. */
  readonly many: number;
}

/** Long traffic gets fewer seeds, so that the runs of one candidate are about two days together. */
function seedCountsFor({ traffic }: Scenario): SeedCounts {
  const hours = trafficSeconds(traffic) / 3600;
  const many = Math.min(20, Math.max(3, Math.floor(48 / hours)));
  return { few: hours > 6 ? 1 : 2, many };
}

/** The search stops when no neighbor of the best is better, which takes few steps, or after this many. */
const MAX_STEPS = 8;

function search(space: SearchSpace, evaluator: CandidateEvaluator, { few }: SeedCounts): void {
  for (const size of space.sizes) for (const settings of space.coarseSettings(size)) evaluator.evaluate(settings, few);
  for (let step = 0; step < MAX_STEPS; step++) {
    const best = [...evaluator.candidates].sort(byMerit)[0];
    if (best === undefined) return;
    for (const settings of space.neighbors(best.settings)) evaluator.evaluate(settings, few);
    if ([...evaluator.candidates].sort(byMerit)[0] === best) return;
  }
}

/** The maximum number of candidates that are evaluated with many seeds. */
const MAX_CONFIRMED = 12;

/** Evaluates the best candidates with many seeds, until one meets the objective, and the frontier. */
function confirm(evaluator: CandidateEvaluator, { many }: SeedCounts): Candidate[] {
  const ranked = [...evaluator.candidates].sort(byMerit);
  const confirmed = new Set<Candidate>();
  for (const { settings } of ranked.slice(0, MAX_CONFIRMED)) {
    const candidate = evaluator.evaluate(settings, many);
    confirmed.add(candidate);
    if (candidate.unmet.length === 0) break;
  }
  for (const { settings } of paretoFrontier(ranked, costAndMissedShareOf).slice(0, MAX_CONFIRMED))
    confirmed.add(evaluator.evaluate(settings, many));
  return [...confirmed].sort(byMerit);
}

/** Candidates that meet the objective first, the cheapest first; then those that come nearest. */
function byMerit(one: Candidate, other: Candidate): number {
  const [meetsObjective, otherMeetsObjective] = [one.unmet.length === 0, other.unmet.length === 0];
  if (meetsObjective !== otherMeetsObjective) return meetsObjective ? -1 : 1;
  const byMissed = meetsObjective ? 0 : rounded(one.shareMissingObjective.high) - rounded(other.shareMissingObjective.high);
  return (
    byMissed ||
    one.taskDollarsPerMonth.median - other.taskDollarsPerMonth.median ||
    one.shareMissingObjective.median - other.shareMissingObjective.median
  );
}

/** A smaller difference is random noise. */
function rounded(share: number): number {
  return Number(share.toPrecision(2));
}

function costAndMissedShareOf(candidate: Candidate): CostAndMissedShare {
  return { dollars: candidate.taskDollarsPerMonth.median, shareMissingObjective: candidate.shareMissingObjective.high };
}

const MARGIN_TEXT = `also with ${100 * CPU_MARGIN} % more CPU per request and where AWS is slow`;

function formatBest({ scenario, objective }: RecommendationRequest, best: Candidate): string {
  const objectiveText = formatObjective(objective);
  const price = `$${best.taskDollarsPerMonth.median.toFixed(2)} a month for its tasks, $${best.dollarsPerMonth.median.toFixed(2)} in all`;
  if (best.unmet.length === 0) return `${objectiveText}: the cheapest policy found meets it for ${price}, ${MARGIN_TEXT}`;
  const clientText = isLimitedByClient(scenario, objective) ? '. No policy can: the client that sends the requests limits their rate' : '';
  return `${objectiveText}: no policy found meets it. The nearest one costs ${price}: ${best.unmet.join(', ')}${clientText}`;
}

/** Whether users wait for longer than the objective because their client limits the rate of requests. */
function isLimitedByClient({ traffic }: Scenario, objective: Objective): boolean {
  const limit = traffic.clientLimitRequestsPerSecond;
  const lowestLimitMillis = lowestLatencyLimitMillis(objective);
  if (limit === undefined) return false;
  return [...traffic.phases].some((phase) => {
    const { kind, from, thinkSeconds, pacingSeconds = 0, requestsPerSecondBeside: beside = { from: 0, to: 0 } } = phase;
    // a rate beside them is sent first.
    const cycleSeconds = Math.max(from / Math.max(0, limit - beside.from), reachedEnd(phase) / Math.max(0, limit - beside.to));
    return kind === 'users' && 1000 * (cycleSeconds - Math.max(thinkSeconds, pacingSeconds)) > lowestLimitMillis;
  });
}

function lowestLatencyLimitMillis(objective: Objective): number {
  return Math.min(Number.POSITIVE_INFINITY, ...limitedPercentiles(objective).map(({ limitMillis }) => limitMillis));
}

function formatNoCandidate({ scenario, objective }: RecommendationRequest): string {
  const objectiveText = formatObjective(objective);
  const baseMillis = 1000 * scenario.workload.baseLatencySeconds;
  if (lowestLatencyLimitMillis(objective) <= baseMillis) {
    return `${objectiveText}: no policy can meet it: the base latency alone is ${baseMillis} ms`;
  }
  if (objective.zoneLost === true && scenario.plan.zoneCount < 2)
    return `${objectiveText}: no policy can meet it: the service runs in one Availability Zone`;
  return `${objectiveText}: no policy can meet it with up to ${MAX_TASKS} tasks of the task sizes searched; a request must cost less CPU`;
}

/** What a candidate costs, and the share of the requests that miss the objective. */
export interface CostAndMissedShare {
  readonly dollars: number;
  readonly shareMissingObjective: number;
}

/** A candidate that costs more must miss the objective for a tenth fewer requests: a smaller difference is random noise. */
const MIN_GAIN = 0.1;

/** A smaller share, less than one request in a million, counts as 0. */
const NONE_MISSED = 1e-6;

/** The items that no other is both cheaper and better than, the cheapest first. */
export function paretoFrontier<Item>(items: readonly Item[], costAndMissedShare: (item: Item) => CostAndMissedShare): Item[] {
  const sorted = items
    .map((item) => {
      const { dollars, shareMissingObjective } = costAndMissedShare(item);
      return { item, dollars, shareMissingObjective: shareMissingObjective < NONE_MISSED ? 0 : shareMissingObjective };
    })
    .sort((one, other) => one.dollars - other.dollars || one.shareMissingObjective - other.shareMissingObjective);
  let lowestShare = Number.POSITIVE_INFINITY;
  return sorted.flatMap(({ item, shareMissingObjective }) => {
    if (shareMissingObjective > 0 ? shareMissingObjective > lowestShare * (1 - MIN_GAIN) : lowestShare === 0) return [];
    lowestShare = shareMissingObjective;
    return [item];
  });
}

/** The props of a `ScalableStatelessService` with this policy and task size, as TypeScript to paste. */
export function propsText(plan: Plan): string {
  const lines = RECOMMENDED_PROPS.flatMap((name) => {
    const { prop, kind, read } = TUNABLE_PROPS[name];
    const value = read(plan);
    return value === undefined ? [] : [`  ${prop}: ${kind === 'duration' ? `Duration.seconds(${value})` : value},`];
  });
  return ['{', ...lines, '}'].join('\n');
}
