import { clockTime } from '../../scenario/duration';
import { faultInWords } from '../../scenario/fault';
import type { Scenario } from '../../scenario/scenario';
import { headline } from '../headline';
import type { Report, ReportedRun } from '../report';
import { trafficInShort } from '../traffic-in-short';
import { activityLines, eventLines } from './activities';
import { bandLines } from './band';
import { costLines } from './cost';
import { planLines, workloadLine } from './plan';
import { timelineLines } from './timeline';

/** A part of a text and what it is headed with. */
export interface TextSection {
  readonly heading: string;
  readonly lines: readonly string[];
  /** Whether the lines are columns, and no sentences. */
  readonly isTable?: boolean;
}

/** A report as text, as a terminal shows it: its sections, each line of them indented. */
export function textOf({ title, runs }: Report): string {
  const parts = runs.flatMap((run) => [
    `${runs.length === 1 ? title : run.name}: ${headline(run.outcome)}`,
    ...sectionsOf(run).map(written),
  ]);
  return `${parts.join('\n\n')}\n`;
}

/** What a run is told in, part by part; what it has nothing of is left out. */
export function sectionsOf(run: ReportedRun): TextSection[] {
  const { scenario, outcome, band, cost, remarks = [], ignored = [] } = run;
  const sections: TextSection[] = [
    { heading: 'Plan', lines: [...planLines(scenario.plan), workloadLine(scenario.workload)] },
    { heading: 'Traffic', lines: [trafficInShort(scenario.traffic)] },
    { heading: 'Faults', lines: faultLines(scenario) },
    { heading: 'Ignored', lines: ignored },
    { heading: `Timeline (seed ${scenario.seed})`, lines: timelineLines(outcome.timeline), isTable: true },
    { heading: 'Scaling activities', lines: activityLines(outcome) },
    { heading: 'Events', lines: eventLines(outcome) },
    ...(band === undefined ? [] : [{ heading: `Over ${band.seeds} seeds`, lines: bandLines(band) }]),
    ...(cost === undefined ? [] : [{ heading: 'Cost', lines: costLines(cost) }]),
    { heading: 'Remarks', lines: remarks },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function faultLines({ faults = [] }: Scenario): string[] {
  return faults.map((fault) => `${clockTime(fault.atSeconds)}  ${faultInWords(fault)}`);
}

function written({ heading, lines }: TextSection): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join('\n');
}
