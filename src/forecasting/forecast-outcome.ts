import type { ForecastBand as Band } from '../forecast/band';
import { csvOf } from '../report/csv';
import { jsonOf } from '../report/json';
import { htmlOf } from '../report/page/page';
import type { Report } from '../report/report';
import { svgOf } from '../report/svg';
import { textOf } from '../report/text/text';
import { type Activity, describeActivity } from '../scaling/activity';
import { explain } from '../scenario/explain';
import type { Failures } from '../scenario/failures';
import type { Outcome } from '../scenario/outcome';
import { remarks } from '../scenario/remarks/remarks';
import type { Scenario } from '../scenario/scenario';
import { costOf } from './cost-of-outcome';
import type { CostOptions } from './cost-options';
import type { ForecastActivity } from './forecast-activity';
import type { ForecastBand } from './forecast-band';
import type { ForecastEvent } from './forecast-event';
import type { ForecastFailures } from './forecast-failures';
import type { ForecastNotScaled } from './forecast-not-scaled';
import type { ForecastSensitivity } from './forecast-sensitivity';
import type { ForecastTimelineRow } from './forecast-timeline-row';
import type { ForecastTotals } from './forecast-totals';
import type { MonthlyCost } from './monthly-cost';
import { runSensitivity } from './run-sensitivity';

/** What an outcome is made of. */
export interface OutcomeParts {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  readonly band: Band;
  /** Of the seeds that the band is of. */
  readonly firstSeed: number;
  readonly ignored: readonly string[];
}

/**
 * What scaling will make of the traffic.
 *
 * **Which of many possible runs this is.** When AWS looks at a metric nobody knows beforehand, so the question is answered with many
 * seeds. `band` says where they lie. Everything else belongs to one run, the typical one, so that its numbers agree with each other:
 * its most tasks are the median over all seeds, `band.maxTasks.median`, and of the runs with so many tasks it is the one closest to the median in
 * failed requests, then in the time over target, then in the time of the first activity. `seed` is its seed, and asking with that seed gives it again.
 *
 * A test that must hold whatever AWS does asks the band: `outcome.band.failedRequests.high`.
 */
export class ForecastOutcome {
  /**
   * An outcome of what a forecast said.
   *
   * @internal
   */
  public static _of(parts: OutcomeParts): ForecastOutcome {
    return new ForecastOutcome(parts);
  }

  /**
   * The most tasks that were wanted or ran at once.
   */
  public readonly maxTasks: number;

  /**
   * Requests that got no answer, or an error. A fraction where a share of a stream of requests failed.
   */
  public readonly failedRequests: number;

  /**
   * Seconds in which the metric of any policy was over its target, looked at once a minute as CloudWatch does.
   */
  public readonly secondsOverTarget: number;

  /**
   * The seed of this run.
   */
  public readonly seed: number;

  /**
   * What happened, minute by minute.
   */
  public readonly timeline: ForecastTimelineRow[];

  /**
   * What scaling did, and why.
   */
  public readonly activities: ForecastActivity[];

  /**
   * Where scaling looked and did nothing, and why.
   */
  public readonly notScaled: ForecastNotScaled[];

  /**
   * What befell the tasks, or was done to them: faults, replacements, deployments.
   */
  public readonly events: ForecastEvent[];

  /**
   * Sums over the whole run.
   */
  public readonly totals: ForecastTotals;

  /**
   * Where the numbers lie over all seeds.
   */
  public readonly band: ForecastBand;

  /**
   * What the template says about scaling and the forecast leaves out, in words.
   */
  public readonly ignored: string[];

  private constructor(private readonly parts: OutcomeParts) {
    const { outcome, band, scenario, ignored } = parts;
    this.maxTasks = outcome.totals.maxTasks;
    this.failedRequests = outcome.totals.failedRequests;
    this.secondsOverTarget = outcome.totals.secondsOverTarget;
    this.seed = scenario.seed;
    this.timeline = outcome.timeline.map((row) => ({ ...row, failures: failuresOf(row.failures) }));
    this.activities = outcome.activities.map(activityOf);
    this.notScaled = outcome.notScaled.map((entry) => ({ ...entry }));
    this.events = outcome.events.map((event) => ({ ...event }));
    this.totals = { ...outcome.totals, failures: failuresOf(outcome.totals.failures) };
    this.band = band;
    this.ignored = [...ignored];
  }

  /**
   * In words: why it scaled when it did, a sentence for each activity, and then what was remarkable and what would have helped.
   */
  public explain(): string[] {
    const { activities, remarks } = explain(this.parts.scenario, this.parts.outcome);
    return [...activities, ...remarks];
  }

  /**
   * Asks the same question of an AWS that behaves differently where it does not say how: one unknown at a time, with up to 20 seeds. It
   * takes as long as a few forecasts. A number that holds in all of these bands can be relied on.
   */
  public sensitivity(): ForecastSensitivity[] {
    const { scenario, band, firstSeed } = this.parts;
    return runSensitivity({ ...scenario, seed: firstSeed }, band.seeds);
  }

  /**
   * What the service costs in a month: at the least, like this forecast over and over, and at the most.
   *
   * @param options prices, and what the traffic does not tell.
   */
  public monthlyCost(options: CostOptions = {}): MonthlyCost {
    return costOf(this.parts.scenario, this.parts.outcome, options);
  }

  /**
   * The whole forecast as text, as a terminal shows it: plan, timeline, activities with their causes, band, remarks.
   */
  public toText(): string {
    return textOf(this.report(DEFAULT_TITLE));
  }

  /**
   * The question and the answer as JSON.
   */
  public toJson(): string {
    return jsonOf(this.report(DEFAULT_TITLE));
  }

  /**
   * The timeline as comma-separated values, with a heading: one row for each minute.
   */
  public toCsv(): string {
    return csvOf(this.report(DEFAULT_TITLE));
  }

  /**
   * A chart that stands alone: traffic, tasks, signals against their targets, latency, faults and activities over one time axis.
   *
   * @param title what it is headed with.
   */
  public toSvg(title: string = DEFAULT_TITLE): string {
    return svgOf(this.report(title));
  }

  /**
   * A page that stands alone, with the chart and every number: nothing is loaded from anywhere.
   *
   * @param title what it is headed with.
   */
  public toHtml(title: string = DEFAULT_TITLE): string {
    return htmlOf(this.report(title));
  }

  private report(title: string): Report {
    const { scenario, outcome, band, ignored } = this.parts;
    return { title, runs: [{ name: 'forecast', scenario, outcome, band, remarks: remarks(scenario, outcome), ignored }] };
  }
}

const DEFAULT_TITLE = 'Forecast';

function failuresOf(failures: Failures): ForecastFailures {
  return { http502: failures['HTTP 502'], http503: failures['HTTP 503'], http504: failures['HTTP 504'], other: failures.other };
}

function activityOf(activity: Activity): ForecastActivity {
  const { startSeconds, endSeconds, statusCode, cause, fromCapacity, toCapacity } = activity;
  return { startSeconds, endSeconds, statusCode, cause, fromCapacity, toCapacity, description: describeActivity(activity) };
}
