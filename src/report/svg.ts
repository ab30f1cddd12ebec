import { type Chart, drawChart } from './chart/chart';
import { headlines } from './headline';
import { markersOf } from './markers';
import { panelsOf } from './panels/panels';
import { endSeconds, type Report } from './report';
import { trafficInShort } from './traffic-in-short';

/** A report as a chart in SVG that stands alone: panels over one time axis, light or dark as the reader's screen is. */
export function svgOf(report: Report, heading: Chart['heading'] = 'with heading'): string {
  const { runs } = report;
  const words = headlines(report).map((text, index) => (runs.length === 1 ? text : `${runs[index]!.name}: ${text}`));
  return drawChart({
    title: report.title,
    heading,
    subtitles: [...words, trafficInShort(runs[0].scenario.traffic)],
    description: words.join(' '),
    endSeconds: endSeconds(report),
    panels: panelsOf(report),
    markers: markersOf(report),
  });
}
