import { remarks } from '../../src/advice/remarks';
import { formatElapsed } from '../../src/parse/durations';
import { atSpeed } from '../../src/run/at-speed';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { forecast } from '../../src/simulation/forecast';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import type { ProcessSuspension } from '../process-suspensions';
import type { RehearsalOutcome } from '../rehearsal';
import { observedScenario } from './observed-scenario';
import { requestCostRemark } from './request-cost';
import { speedRemarks } from './speed-remarks';

/** A finished rehearsal, and how it was started. */
export interface FinishedRehearsal {
  /** The scenario that the rehearsal was started with. */
  readonly requested: Scenario;
  readonly outcome: RehearsalOutcome;
  readonly speed: number;
  /** Whether another program sent the requests. */
  readonly isTrafficExternal: boolean;
  /** The remark why the workload of the scenario was not measured; undefined if it was measured. */
  readonly unmeasuredRemark?: string;
  /**
   * What one has to know of the measurement and of the traffic.
   *
   * @default - nothing
   */
  readonly preparationRemarks?: readonly string[];
}

/** A rehearsal and the forecast of the same scenario. */
export interface ForecastComparison {
  /** The scenario as observed in the rehearsal. */
  readonly scenario: Scenario;
  /** The scenario of the forecast: the observed one at the speed of the rehearsal. */
  readonly forecastScenario: Scenario;
  readonly forecast: Outcome;
  /** What one has to know to compare the two. */
  readonly remarks: readonly string[];
}

/**
 * Forecasts the scenario of a finished rehearsal.
 *
 * The forecast gets what was only known afterwards: external requests, faults that were added while it ran, how long it took to
 * exhaust memory, and an early end. What cannot be sped up takes as long as in the rehearsal.
 */
export function compareWithForecast(rehearsal: FinishedRehearsal): ForecastComparison {
  const { requested, outcome, speed, isTrafficExternal, unmeasuredRemark, preparationRemarks = [] } = rehearsal;
  const scenario = observedScenario(requested, outcome, isTrafficExternal);
  const forecastScenario = atSpeed(scenario, speed);
  const forecastOutcome = forecast(forecastScenario);
  return {
    scenario,
    forecastScenario,
    forecast: forecastOutcome,
    remarks: [
      ...endRemarks(rehearsal),
      // the requests of an external client may cost more or less CPU than those that were measured.
      ...(unmeasuredRemark === undefined && !isTrafficExternal ? requestCostRemark(forecastScenario, forecastOutcome, outcome) : []),
      ...(unmeasuredRemark === undefined ? [] : [unmeasuredRemark]),
      ...preparationRemarks,
      ...remarks(scenario, outcome),
      ...speedRemarks(scenario, speed, outcome),
    ],
  };
}

/** Reports that a rehearsal ended early, was suspended, or did not have all of its traffic. */
function endRemarks({ requested, outcome, isTrafficExternal }: FinishedRehearsal): string[] {
  const { endedAtSeconds, shortfall, suspensions, totals } = outcome;
  const seconds = trafficSeconds(requested.traffic);
  return [
    ...(!isTrafficExternal && endedAtSeconds < seconds
      ? [`the rehearsal was ended at ${formatElapsed(endedAtSeconds)} of ${formatElapsed(seconds)}, and so was its forecast`]
      : []),
    ...(isTrafficExternal && totals.requests === 0
      ? ['no request was sent to the printed address, so there was no traffic to scale for']
      : []),
    ...suspensionRemarks(suspensions),
    ...(shortfall === undefined ? [] : [`${shortfall}. The forecast had all requests, so the two are hardly comparable`]),
  ];
}

/** Reports each period in which the command was suspended. */
export function suspensionRemarks(suspensions: readonly ProcessSuspension[]): string[] {
  return suspensions.map(
    ({ atSeconds, wallSeconds }) =>
      `this command was suspended for about ${formatSeconds(wallSeconds)} of the wall clock at ${formatElapsed(atSeconds)}, ` +
      'while its clock and its tasks continued: the metrics of that time are not meaningful',
  );
}

function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return whole === 1 ? '1 second' : `${whole} seconds`;
}
