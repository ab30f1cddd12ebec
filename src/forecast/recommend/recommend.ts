import { refuse } from '../../plan/invalid-input';
import type { Scenario } from '../../scenario/scenario';
import { trafficSeconds } from '../../scenario/traffic';
import { workloadMistakes } from '../../scenario/workload';
import type { CostOptions } from '../cost/monthly-cost';
import { frontierOf } from './frontier';
import { type Candidate, Judge, type Question } from './judge';
import { type Objective, objectiveInWords, objectiveMistakes } from './objective';
import { propsText } from './props-text';
import { MOST_TASKS, MOST_VCPU, SearchSpace } from './search-space';

/** What is looked for among, besides the objective. */
export interface RecommendOptions extends CostOptions {
  /**
   * The sizes of tasks that may be recommended, in CPU units.
   *
   * @default - all that Fargate offers up to 4 vCPU
   */
  readonly cpus?: readonly number[];
  /**
   * Is told after each forecast; how many there will be nobody knows.
   *
   * @default - nobody is told
   */
  readonly onForecast?: () => void;
}

/** The cheapest policy that was found for an objective, or the one that comes nearest to it. */
export interface Recommendation {
  /** Whether the objective is reached, in 95 of 100 runs. */
  readonly isMet: boolean;
  /** Undefined where no number of tasks of any size could do it. */
  readonly best?: Candidate;
  /** What less money or less risk would be, the cheapest first. */
  readonly frontier: readonly Candidate[];
  /** The answer in words. */
  readonly sentence: string;
  /** The props of the construct for the best, as TypeScript to paste; empty where there is none. */
  readonly props: string;
  readonly effort: { readonly candidates: number; readonly forecasts: number };
}

/**
 * Looks for the cheapest targets, minimum, cooldowns and task size that reach an objective under the traffic of a scenario.
 *
 * It looks at few settings that lie far apart, then at the neighbours of the best, each with few seeds; what looks best is judged
 * again with many. The plan of the scenario gives everything else, and the memory that a task needs at least. Whatever is
 * recommended obeys the rules of the construct.
 *
 * @throws InvalidInput for an objective that nobody can mean.
 */
export function recommend(scenario: Scenario, objective: Objective, options: RecommendOptions = {}): Recommendation {
  const { policy } = scenario.plan;
  refuse([
    ...objectiveMistakes(objective),
    ...workloadMistakes(scenario.workload, MOST_VCPU),
    ...(policy.platform === 'ecs' ? [] : ['the plan must be of an ECS service on Fargate, got an EC2 auto scaling group']),
  ]);
  const space = new SearchSpace(scenario, objective, options.cpus);
  const question = { scenario, objective, cost: options };
  const judge = new Judge(question, options.onForecast);
  search(space, judge, seedsFor(scenario));
  const confirmed = confirm(judge, seedsFor(scenario));
  const [best] = confirmed;
  return {
    isMet: best !== undefined && best.unmet.length === 0,
    best,
    frontier: frontierOf(confirmed, weigh),
    sentence: best === undefined ? nothingFits(question) : inWords(question, best),
    props: best === undefined ? '' : propsText(best.plan),
    effort: { candidates: judge.candidates.length, forecasts: judge.forecasts },
  };
}

interface Seeds {
  readonly few: number;
  readonly many: number;
}

/** So that long traffic does not take minutes: together the runs of one candidate are to be about two days. */
function seedsFor({ traffic }: Scenario): Seeds {
  const hours = trafficSeconds(traffic) / 3600;
  const many = Math.min(20, Math.max(3, Math.floor(48 / hours)));
  return { few: hours > 6 ? 1 : 2, many };
}

/** The settings among which the neighbours of the best no longer find a better one are few steps away; it stops there or here. */
const MOST_STEPS = 8;

function search(space: SearchSpace, judge: Judge, { few }: Seeds): void {
  for (const size of space.sizes) for (const settings of space.coarse(size)) judge.judge(settings, few);
  for (let step = 0; step < MOST_STEPS; step++) {
    const best = [...judge.candidates].sort(byMerit)[0];
    if (best === undefined) return;
    for (const settings of space.neighbours(best.settings)) judge.judge(settings, few);
    if ([...judge.candidates].sort(byMerit)[0] === best) return;
  }
}

const MOST_CONFIRMED = 12;

/** Judges with many seeds what looked best with few, until one of it holds, and what looked like the frontier. */
function confirm(judge: Judge, { many }: Seeds): Candidate[] {
  const ranked = [...judge.candidates].sort(byMerit);
  const confirmed = new Set<Candidate>();
  for (const { settings } of ranked.slice(0, MOST_CONFIRMED)) {
    const candidate = judge.judge(settings, many);
    confirmed.add(candidate);
    if (candidate.unmet.length === 0) break;
  }
  for (const { settings } of frontierOf(ranked, weigh).slice(0, MOST_CONFIRMED)) confirmed.add(judge.judge(settings, many));
  return [...confirmed].sort(byMerit);
}

/** What reaches the objective comes first, the cheapest of it; then what comes near. */
function byMerit(one: Candidate, other: Candidate): number {
  const [first, second] = [one.unmet.length === 0, other.unmet.length === 0];
  if (first !== second) return first ? -1 : 1;
  const byRisk = first ? 0 : roughly(one.riskShare.high) - roughly(other.riskShare.high);
  return byRisk || one.taskDollarsPerMonth.median - other.taskDollarsPerMonth.median || one.riskShare.median - other.riskShare.median;
}

/** What differs by less is the noise of chance, and not worth more money. */
function roughly(risk: number): number {
  return Number(risk.toPrecision(2));
}

function weigh(candidate: Candidate): { dollars: number; risk: number } {
  return { dollars: candidate.taskDollarsPerMonth.median, risk: candidate.riskShare.high };
}

function inWords({ scenario, objective }: Question, best: Candidate): string {
  const wanted = objectiveInWords(objective);
  const price = `$${best.taskDollarsPerMonth.median.toFixed(2)} a month for its tasks, $${best.dollarsPerMonth.median.toFixed(2)} in all`;
  if (best.unmet.length === 0) return `${wanted}: the cheapest policy that was found does it for ${price}`;
  const client = waitsForItself(scenario, objective)
    ? '. No policy can: users wait for the limit of the client that sends their requests'
    : '';
  return `${wanted}: no policy that was found does it. The nearest one costs ${price}: ${best.unmet.join(', ')}${client}`;
}

/** Whether users have to wait for longer than wished because their client does not send more requests. */
function waitsForItself({ traffic }: Scenario, { p95Millis }: Objective): boolean {
  const limit = traffic.clientLimitRequestsPerSecond;
  if (limit === undefined || p95Millis === undefined) return false;
  return [...traffic.phases].some(({ kind, from, to, thinkSeconds }) => {
    const cycleMillis = (1000 * Math.max(from, to)) / limit;
    return kind === 'users' && cycleMillis - 1000 * thinkSeconds > p95Millis;
  });
}

function nothingFits({ scenario, objective }: Question): string {
  const wanted = objectiveInWords(objective);
  const baseMillis = 1000 * scenario.workload.baseLatencySeconds;
  if (objective.p95Millis !== undefined && objective.p95Millis <= baseMillis) {
    return `${wanted}: no policy can do it, for the way there and back alone takes ${baseMillis} ms`;
  }
  if (objective.survivesZoneLoss === true && scenario.plan.zoneCount < 2)
    return `${wanted}: no policy can do it, for the service stands in one zone`;
  return `${wanted}: no policy can do it with up to ${MOST_TASKS} tasks of the sizes that were looked at; a request must cost less CPU`;
}
