import type { Plan } from '../../plan/plan';
import { changedPlan } from '../../plan/plan-changes';
import type { Scenario } from '../../scenario/scenario';
import { slowShare } from '../../scenario/slow-share';
import { bandOf } from '../band';
import type { CostOptions } from '../cost/monthly-cost';
import { bandsOf, figuresOf } from '../figures';
import { forecast } from '../forecast';
import { type JudgedBands, type Objective, unmetObjectives } from './objective';
import { nameOf, type Settings } from './settings';
import { unprotectedShare } from './unprotected-share';

/** Settings, and what forecasts say of them. */
export interface Candidate extends JudgedBands {
  readonly settings: Settings;
  readonly plan: Plan;
  readonly seeds: number;
  /** One sentence for each objective that is not reached; none where all are. */
  readonly unmet: readonly string[];
}

/** What is asked, of which settings and at what prices. */
export interface Question {
  readonly scenario: Scenario;
  readonly objective: Objective;
  readonly cost: CostOptions;
}

/** Judges settings by forecasts, and remembers. */
export class Judge {
  public forecasts = 0;
  private readonly judged = new Map<string, Candidate>();

  public constructor(
    private readonly question: Question,
    private readonly onForecast: () => void = () => {},
  ) {}

  /** Everything that was judged, each by the most seeds that it was judged by. */
  public get candidates(): readonly Candidate[] {
    return [...this.judged.values()];
  }

  public judge(settings: Settings, seeds: number): Candidate {
    const known = this.judged.get(nameOf(settings));
    if (known !== undefined && known.seeds >= seeds) return known;
    const candidate = this.forecast(settings, seeds);
    this.judged.set(nameOf(settings), candidate);
    return candidate;
  }

  private forecast(settings: Settings, seeds: number): Candidate {
    const { scenario, objective } = this.question;
    const plan = changedPlan({ ...scenario.plan, policy: { ...scenario.plan.policy, targetTracking: [], stepScaling: [] } }, settings);
    const runs = Array.from({ length: seeds }, (_, index) => this.run({ ...scenario, plan, seed: scenario.seed + index }));
    const over = (share: (run: (typeof runs)[number]) => number) => bandOf(runs.map(share))!;
    const bands = {
      ...bandsOf(runs.map(({ figures }) => figures)),
      unprotectedShare: over((run) => run.unprotected),
      riskShare: over(({ figures, slow, unprotected }) => 1 - (1 - figures.failedShare) * (1 - slow) * (1 - unprotected)),
    };
    return { settings, plan, seeds, ...bands, unmet: unmetObjectives(objective, bands) };
  }

  private run(scenario: Scenario) {
    const { objective, cost } = this.question;
    const outcome = forecast(scenario);
    this.forecasts++;
    this.onForecast();
    return {
      figures: figuresOf(scenario, outcome, cost),
      slow: objective.p95Millis === undefined ? 0 : slowShare(outcome.timeline, objective.p95Millis),
      unprotected: unprotectedShare(scenario, outcome, objective),
    };
  }
}
