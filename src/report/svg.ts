import { type Chart, drawChart } from './chart/chart';
import { headlines, shortTraffic } from './headline';
import { markersOf } from './markers';
import { panelsOf } from './panels/panels';
import { endSeconds, type Report } from './report';

/** A report as a self-contained SVG chart: panels over one time axis, with light and dark colors. */
export function svgOf(report: Report, heading: Chart['heading'] = 'with heading'): string {
  const { runs } = report;
  const summaries = headlines(report).map((text, index) => (runs.length === 1 ? text : `${runs[index]!.name}: ${text}`));
  return drawChart({
    title: report.title,
    heading,
    subtitles: [...summaries, shortTraffic(runs[0].scenario.traffic)],
    description: summaries.join(' '),
    endSeconds: endSeconds(report),
    panels: panelsOf(report),
    markers: markersOf(report),
  });
}
