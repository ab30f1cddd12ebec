import { explain, remarks } from '../advice/remarks';
import { csvOf, jsonOf } from '../report/export-formats';
import { htmlOf } from '../report/page/page';
import type { Report } from '../report/report';
import { svgOf } from '../report/svg';
import { textOf } from '../report/text/report-text';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { type Activity, describeActivity } from '../scaling/activity';
import type { ForecastBand as Band } from '../simulation/band';
import type { Sensitivity } from '../simulation/sensitivity';
import { type CostOptions, costOf, type MonthlyCost } from './cost';
import type { ForecastActivity, ForecastEvent, ForecastNotScaled } from './forecast-activity';
import type { ForecastBand, ForecastSensitivity } from './forecast-band';
import type { ForecastTimelineRow, ForecastTotals } from './forecast-timeline';

/** The parts of an outcome. */
export interface OutcomeParts {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  readonly band: Band;
  readonly sensitivity: readonly Sensitivity[];
  readonly ignored: readonly string[];
}

/**
 * The outcome of a forecast.
 *
 * It is unknown at which second of a minute CloudWatch evaluates an alarm, so a forecast runs with many seeds; and AWS does not document
 * all of its behavior, so it is repeated with other behaviors. `band` has the figures over all of them. Everything else belongs to one run, the typical one, and `seed` is its seed. The typical run has the median `maxTasks`.
 * Among several such runs it is the one closest to the median of failed requests, then of the time over target, then of the first activity.
 *
 * A test that must not depend on one seed asserts on the band: `outcome.band.failedRequests.max` holds for every seed, `high` for 95 of 100.
 */
export class ForecastOutcome {
  /**
   * @internal
   */
  public static _of(parts: OutcomeParts): ForecastOutcome {
    return new ForecastOutcome(parts);
  }

  /**
   * The maximum of desired and running tasks.
   */
  public readonly maxTasks: number;

  /**
   * Requests that got no response, or an error. May have decimals: a forecast counts rates, not single requests.
   */
  public readonly failedRequests: number;

  /**
   * Seconds in which the metric of any policy was over its target, in periods of a minute as in CloudWatch.
   */
  public readonly secondsOverTarget: number;

  /**
   * The seed of this run.
   */
  public readonly seed: number;

  /**
   * The timeline, one row for each minute.
   */
  public readonly timeline: ForecastTimelineRow[];

  /**
   * The scaling activities with their causes.
   */
  public readonly activities: ForecastActivity[];

  /**
   * The scaling decisions without an activity.
   */
  public readonly notScaled: ForecastNotScaled[];

  /**
   * The events of the tasks: faults, replacements, deployments.
   */
  public readonly events: ForecastEvent[];

  /**
   * Sums over the whole run.
   */
  public readonly totals: ForecastTotals;

  /**
   * The figures over all seeds, and over the values that are possible for each undocumented setting of AWS.
   */
  public readonly band: ForecastBand;

  /**
   * The scaling settings of the template that the forecast ignores, as text.
   */
  public readonly ignored: string[];

  private constructor(private readonly parts: OutcomeParts) {
    const { outcome, band, scenario, ignored } = parts;
    this.maxTasks = outcome.totals.maxTasks;
    this.failedRequests = outcome.totals.failedRequests;
    this.secondsOverTarget = outcome.totals.secondsOverTarget;
    this.seed = scenario.seed;
    this.timeline = outcome.timeline.map((row) => ({ ...row, failures: { ...row.failures } }));
    this.activities = outcome.activities.map(activityOf);
    this.notScaled = outcome.notScaled.map((entry) => ({ ...entry }));
    this.events = outcome.events.map((event) => ({ ...event }));
    this.totals = { ...outcome.totals, failures: { ...outcome.totals.failures } };
    this.band = band;
    this.ignored = [...ignored];
  }

  /**
   * An explanation of each activity as text, followed by the remarks.
   */
  public explain(): string[] {
    const { activities, remarks } = explain(this.parts.scenario, this.parts.outcome);
    return [...activities, ...remarks];
  }

  /**
   * The figures with another value of each undocumented setting of AWS that the plan depends on, one at a time, over up to 20 seeds.
   */
  public sensitivity(): ForecastSensitivity[] {
    return this.parts.sensitivity.map((entry) => ({ ...entry }));
  }

  /**
   * The cost of the service in a month: minimum, expected and maximum.
   *
   * @param options prices, and data that tasks send and receive.
   */
  public monthlyCost(options: CostOptions = {}): MonthlyCost {
    return costOf(this.parts.scenario, this.parts.outcome, options);
  }

  /**
   * The forecast as text for a terminal: plan, timeline, activities with their causes, band, remarks.
   */
  public toText(): string {
    return textOf(this.report(DEFAULT_TITLE));
  }

  /**
   * The scenario and the outcome as JSON.
   */
  public toJson(): string {
    return jsonOf(this.report(DEFAULT_TITLE));
  }

  /**
   * The timeline as comma-separated values with a header.
   */
  public toCsv(): string {
    return csvOf(this.report(DEFAULT_TITLE));
  }

  /**
   * A self-contained SVG chart: traffic, tasks, metrics with their targets, latency, faults and activities over one time axis.
   *
   * @param title the heading.
   */
  public toSvg(title: string = DEFAULT_TITLE): string {
    return svgOf(this.report(title));
  }

  /**
   * A self-contained HTML page with the chart and every number.
   *
   * @param title the heading.
   */
  public toHtml(title: string = DEFAULT_TITLE): string {
    return htmlOf(this.report(title));
  }

  private report(title: string): Report {
    const { scenario, outcome, band, sensitivity, ignored } = this.parts;
    return { title, runs: [{ name: 'forecast', scenario, outcome, band, sensitivity, remarks: remarks(scenario, outcome), ignored }] };
  }
}

const DEFAULT_TITLE = 'Forecast';

function activityOf(activity: Activity): ForecastActivity {
  const { startSeconds, endSeconds, statusCode, cause, fromCapacity, toCapacity } = activity;
  return { startSeconds, endSeconds, statusCode, cause, fromCapacity, toCapacity, description: describeActivity(activity) };
}
