import { element, textElement } from '../markup';
import { chartStyle } from './chart-style';
import { drawMarkers } from './draw-markers';
import { type DrawnPanel, drawPanel } from './draw-panel';
import { FONT, type Frame, frameOf, WIDTH } from './frame';
import { place } from './linear-scale';
import type { Marker } from './marker';
import type { Panel } from './panel';
import { fitted } from './text-width';
import { timeTicks } from './time-ticks';

const TOP = 26;
const SUBTITLE_HEIGHT = 18;
const PANEL_GAP = 13;
const TIME_AXIS_HEIGHT = 44;
const TIME_STEPS = 12;

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  /** Whether title and subtitles are drawn; what stands on a page has them above it. */
  readonly heading: 'with heading' | 'without heading';
  /** Lines below the title. */
  readonly subtitles: readonly string[];
  /** What is to be seen, for those who do not see it. */
  readonly description: string;
  readonly endSeconds: number;
  readonly panels: readonly Panel[];
  readonly markers: readonly Marker[];
}

/** Draws panels over one time axis as SVG that stands alone. */
export function drawChart(chart: Chart): string {
  const frame = frameOf(chart.endSeconds);
  const markers = drawMarkers(chart.markers, frame);
  const hasHeading = chart.heading === 'with heading';
  const labelsTop = hasHeading ? TOP + chart.subtitles.length * SUBTITLE_HEIGHT + 6 : 8;
  const panels = below(labelsTop + markers.height, chart.panels, frame);
  const bottom = panels.at(-1)?.bottom ?? labelsTop;
  const height = bottom + TIME_AXIS_HEIGHT;
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', class: 'chart', width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, role: 'img' },
    [
      textElement('title', {}, chart.title),
      textElement('desc', {}, chart.description),
      element('style', {}, chartStyle()),
      element('rect', { width: WIDTH, height, class: 'paper' }),
      ...(hasHeading ? heading(chart, frame) : []),
      markers.lines(labelsTop, bottom),
      ...panels.map(({ markup }) => markup),
      markers.labels(labelsTop),
      ...timeAxis(chart.endSeconds, frame, bottom),
      unlabelled(markers.unlabelled, frame, bottom),
    ],
  );
}

function below(top: number, panels: readonly Panel[], frame: Frame): DrawnPanel[] {
  let bottom = top;
  return panels.map((panel) => {
    const drawn = drawPanel(panel, frame, bottom);
    bottom = drawn.bottom + PANEL_GAP;
    return drawn;
  });
}

function heading({ title, subtitles }: Chart, frame: Frame): string[] {
  const width = frame.right - 14;
  return [
    textElement('text', { x: 14, y: TOP, class: 'title' }, fitted(title, width, FONT.title)),
    ...subtitles.map((text, index) =>
      textElement('text', { x: 14, y: TOP + (index + 1) * SUBTITLE_HEIGHT, class: 'muted' }, fitted(text, width, FONT.label)),
    ),
  ];
}

function timeAxis(endSeconds: number, frame: Frame, bottom: number): string[] {
  const ticks = timeTicks(endSeconds, TIME_STEPS);
  const marks = ticks.seconds.map((seconds) => `M${place(frame.time.at(seconds))},${place(bottom)}v4`).join('');
  return [
    element('path', { d: marks, class: 'axis' }),
    ...ticks.seconds.map((seconds, index) =>
      textElement('text', { x: place(frame.time.at(seconds)), y: place(bottom + 17), class: 'muted middle' }, ticks.labels[index]!),
    ),
    textElement('text', { x: frame.right, y: place(bottom + 34), class: 'muted end' }, `time in ${ticks.unit}`),
  ];
}

function unlabelled(count: number, frame: Frame, bottom: number): string {
  const text = `${count} of the marked moments ${count === 1 ? 'has' : 'have'} no room for a label`;
  return count === 0 ? '' : textElement('text', { x: frame.left, y: place(bottom + 34), class: 'muted' }, text);
}
