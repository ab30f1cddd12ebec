import type { Bill } from '../../decide/cost/bill';
import type { MonthlyCost } from '../../decide/cost/monthly-cost';
import { formatFault } from '../../faults/fault-grammar';
import { RANGED_PERCENTILES } from '../../metrics/latency-percentiles';
import { formatElapsed } from '../../parse/durations';
import type { Scenario } from '../../run/scenario';
import type { Band, ForecastBand } from '../../simulation/band';
import type { Sensitivity } from '../../simulation/sensitivity';
import { headline, shortTraffic } from '../headline';
import { formatWholeNumber } from '../number-format';
import type { Report, ReportedRun, TextSection } from '../report';
import { activityHistory, eventLines } from './activity-text';
import { planLines, workloadLines } from './plan-text';
import { sensitivityLines } from './sensitivity-text';
import { timelineLines } from './timeline-text';

/** A report as text for a terminal: its sections with indented lines. */
export function textOf({ title, runs, sections = [] }: Report): string {
  const parts = runs.flatMap((run) => [
    `${runs.length === 1 ? title : run.name}: ${headline(run.outcome)}`,
    ...sectionsOf(run).map(sectionText),
  ]);
  return `${[...parts, ...sections.map(sectionText)].join('\n\n')}\n`;
}

/** The sections of a run. Empty ones are left out. */
export function sectionsOf(run: ReportedRun): TextSection[] {
  const { scenario, outcome, band, sensitivity = [], cost, remarks = [], ignored = [] } = run;
  const sections: TextSection[] = [
    { heading: 'Plan', lines: [...planLines(scenario.plan), ...workloadLines(scenario)] },
    { heading: 'Traffic', lines: trafficLines(scenario) },
    { heading: 'Faults', lines: faultLines(scenario) },
    { heading: 'Ignored', lines: ignored },
    { heading: timelineHeading(run), lines: timelineLines(outcome.timeline), isTable: true },
    { heading: 'Scaling activities', lines: activityHistory(outcome) },
    { heading: 'Events', lines: eventLines(outcome) },
    ...(band === undefined ? [] : [{ heading: bandHeading(band, sensitivity), lines: bandLines(band, sensitivity) }]),
    ...(band === undefined ? [] : [{ heading: 'Where AWS behaves otherwise', lines: sensitivityLines(band, sensitivity) }]),
    ...(cost === undefined ? [] : [{ heading: 'Cost', lines: costLines(cost) }]),
    { heading: 'Remarks', lines: remarks },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** The seed of the run that is shown, and of how many seeds it is the typical one. */
function timelineHeading({ scenario: { seed }, band }: ReportedRun): string {
  return band === undefined || band.seeds === 1 ? `Timeline (seed ${seed})` : `Timeline (seed ${seed}, typical of ${band.seeds} seeds)`;
}

function trafficLines({ traffic, history }: Scenario): string[] {
  return [shortTraffic(traffic), ...(history === undefined ? [] : [`before it: ${shortTraffic(history)}`])];
}

function faultLines({ faults = [] }: Scenario): string[] {
  return faults.map((fault) => `${formatElapsed(fault.atSeconds)}  ${formatFault(fault)}`);
}

function sectionText({ heading, lines }: TextSection): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** What the range of the numbers is over: `Over 100 seeds and 14 other behaviors of AWS`. */
function bandHeading({ seeds }: ForecastBand, sensitivity: readonly Sensitivity[]): string {
  const others = sensitivity.length === 0 ? '' : ` and ${sensitivity.length} other behaviors of AWS`;
  return `Over ${seeds} seeds${others}`;
}

/** What precedes the ends of a range: of all seeds, or of those that scale at all. */
interface RangeWords {
  readonly ofAll: string;
  readonly ofThose: string;
}

const OVER_SEEDS: RangeWords = { ofAll: 'in 90 of 100 from', ofThose: '90 % of them from' };
const OVER_BEHAVIORS: RangeWords = { ofAll: 'from', ofThose: 'from' };

/** The range of the numbers of a forecast over many seeds, and over the behaviors of AWS if there are any. */
export function bandLines(band: ForecastBand, sensitivity: readonly Sensitivity[] = []): string[] {
  const range = sensitivity.length === 0 ? OVER_SEEDS : OVER_BEHAVIORS;
  return [
    `first scale-out  ${formatFirst(band.firstScaleOutSeconds, band.seeds, range)}`,
    `first scale-in   ${formatFirst(band.firstScaleInSeconds, band.seeds, range)}`,
    `maximum tasks    ${formatBand(band.maxTasks, formatWholeNumber, range)}`,
    `failed requests  ${formatBand(band.failedRequests, formatWholeNumber, range)}`,
    `over target      ${formatBand(band.secondsOverTarget, wholeSeconds, range)}`,
    `outage           ${formatBand(band.outageSeconds, wholeSeconds, range)}`,
    ...RANGED_PERCENTILES.flatMap(({ name }) => {
      const latency = band[`${name}Millis`];
      return latency === undefined ? [] : [`${name} latency      ${formatBand(latency, wholeMillis, range)}`];
    }),
  ];
}

function wholeMillis(millis: number): string {
  return `${formatWholeNumber(millis)} ms`;
}

function wholeSeconds(seconds: number): string {
  return `${formatWholeNumber(seconds)} s`;
}

/** The time of a first activity. Its band is that of the seeds that have one. */
function formatFirst(band: Band | undefined, seeds: number, range: RangeWords): string {
  if (band === undefined) return 'never';
  if (band.seeds === seeds) return formatBand(band, formatElapsed, range);
  return `only with ${band.seeds} of ${seeds} seeds: ${formatBand(band, formatElapsed, { ofAll: range.ofThose, ofThose: range.ofThose })}`;
}

function formatBand({ low, median, high }: Band, format: (value: number) => string, { ofAll }: RangeWords): string {
  return low === high ? format(median) : `${format(median)}, ${ofAll} ${format(low)} to ${format(high)}`;
}

/** The cost per month, and its largest parts. */
export function costLines({ minimum, expected, maximum, natVersusEndpoints, assumptions, prices }: MonthlyCost): string[] {
  return [
    `$${expected.dollars.toFixed(2)} for a month with this load, from $${minimum.dollars.toFixed(2)} to $${maximum.dollars.toFixed(2)} (${prices.region}, ${prices.asOf})`,
    largestParts(expected),
    ...natVersusEndpoints,
    ...assumptions,
  ];
}

function largestParts({ parts }: Bill): string {
  const shown = parts.filter(({ dollars }) => dollars >= 0.005).sort((a, b) => b.dollars - a.dollars);
  return shown.map(({ name, dollars }) => `${name} $${dollars.toFixed(2)}`).join(', ');
}
