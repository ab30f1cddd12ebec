import { element, textElement } from '../markup';
import { timeTicks } from './axis-ticks';
import { type Color, FONT_SIZE, type Frame, fittedText, formatPosition, frameOf, PALETTE, WIDTH } from './chart-frame';
import { drawMarkers, type Marker } from './draw-markers';
import { type DrawnPanel, drawPanel } from './draw-panel';
import type { Panel } from './panel';

const TOP = 26;
const SUBTITLE_HEIGHT = 18;
const PANEL_GAP = 13;
const TIME_AXIS_HEIGHT = 44;
const TIME_STEPS = 12;

/** The content of a chart. */
export interface Chart {
  readonly title: string;
  /** Whether title and subtitles are drawn; an HTML page has them above the chart. */
  readonly heading: 'with heading' | 'without heading';
  /** Lines below the title. */
  readonly subtitles: readonly string[];
  /** A description for screen readers. */
  readonly description: string;
  readonly endSeconds: number;
  readonly panels: readonly Panel[];
  readonly markers: readonly Marker[];
}

/** Draws panels over one time axis as a self-contained SVG. */
export function drawChart(chart: Chart): string {
  const frame = frameOf(chart.endSeconds);
  const markers = drawMarkers(chart.markers, frame);
  const hasHeading = chart.heading === 'with heading';
  const labelsTop = hasHeading ? TOP + chart.subtitles.length * SUBTITLE_HEIGHT + 6 : 8;
  const panels = drawPanels(labelsTop + markers.height, chart.panels, frame);
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
      ...(hasHeading ? drawHeading(chart, frame) : []),
      markers.lines(labelsTop, bottom),
      ...panels.map(({ markup }) => markup),
      markers.labels(labelsTop),
      ...drawTimeAxis(chart.endSeconds, frame, bottom),
      drawUnlabelledNote(markers.unlabelled, frame, bottom),
    ],
  );
}

function drawPanels(top: number, panels: readonly Panel[], frame: Frame): DrawnPanel[] {
  let bottom = top;
  return panels.map((panel) => {
    const drawn = drawPanel(panel, frame, bottom);
    bottom = drawn.bottom + PANEL_GAP;
    return drawn;
  });
}

function drawHeading({ title, subtitles }: Chart, frame: Frame): string[] {
  const width = frame.right - 14;
  return [
    textElement('text', { x: 14, y: TOP, class: 'title' }, fittedText(title, width, FONT_SIZE.title)),
    ...subtitles.map((text, index) =>
      textElement('text', { x: 14, y: TOP + (index + 1) * SUBTITLE_HEIGHT, class: 'muted' }, fittedText(text, width, FONT_SIZE.label)),
    ),
  ];
}

function drawTimeAxis(endSeconds: number, frame: Frame, bottom: number): string[] {
  const ticks = timeTicks(endSeconds, TIME_STEPS);
  const marks = ticks.seconds.map((seconds) => `M${formatPosition(frame.time.at(seconds))},${formatPosition(bottom)}v4`).join('');
  return [
    element('path', { d: marks, class: 'axis' }),
    ...ticks.seconds.map((seconds, index) =>
      textElement(
        'text',
        { x: formatPosition(frame.time.at(seconds)), y: formatPosition(bottom + 17), class: 'muted middle' },
        ticks.labels[index]!,
      ),
    ),
    textElement('text', { x: frame.right, y: formatPosition(bottom + 34), class: 'muted end' }, `time in ${ticks.unit}`),
  ];
}

function drawUnlabelledNote(count: number, frame: Frame, bottom: number): string {
  const text = `no room for the labels of ${count} ${count === 1 ? 'marker' : 'markers'}`;
  return count === 0 ? '' : textElement('text', { x: frame.left, y: formatPosition(bottom + 34), class: 'muted' }, text);
}

interface ColorScheme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
}

const LIGHT: ColorScheme = { paper: '#ffffff', ink: '#1f2328', muted: '#59636e', grid: '#e6e9ed' };
const DARK: ColorScheme = { paper: '#0d1117', ink: '#e6edf3', muted: '#9aa4af', grid: '#262c34' };

/** The style sheet of a chart, which is part of the SVG. */
export function chartStyle(): string {
  return `${shapeStyles()}${colorStyles(LIGHT, 'light')}@media(prefers-color-scheme:dark){${colorStyles(DARK, 'dark')}}`;
}

function shapeStyles(): string {
  return [
    `.chart text{font:${FONT_SIZE.label}px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}`,
    // an outline in the background color keeps a text readable where a line crosses it.
    '.chart text{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}',
    `.chart .title{font-size:${FONT_SIZE.title}px;font-weight:600}`,
    `.chart .heading{font-size:${FONT_SIZE.heading}px;font-weight:600}.chart .unit{font-size:${FONT_SIZE.label}px;font-weight:400}`,
    '.chart .end{text-anchor:end}.chart .middle{text-anchor:middle}',
    '.chart .grid,.chart .axis,.chart .line,.chart .marker,.chart .target,.chart .threshold{fill:none}',
    '.chart .line{stroke-width:1.75;stroke-linejoin:round}',
    '.chart .dashed{stroke-dasharray:6 3}.chart .dotted{stroke-dasharray:1.5 3}',
    '.chart .target{stroke-width:1.25;stroke-dasharray:7 3}.chart .threshold{stroke-width:1;stroke-dasharray:2 3}',
    '.chart .area{stroke:none;fill-opacity:.2}.chart .span{stroke:none;fill-opacity:.1}',
    '.chart .marker{stroke-width:1;stroke-opacity:.55}.chart .fault{stroke-dasharray:4 3;stroke-opacity:.9}',
    '.chart .deployment,.chart .change{stroke-dasharray:1 3;stroke-opacity:.9}.chart .faint{stroke-opacity:.18}',
    '.chart .symbol{stroke:none}',
  ].join('');
}

function colorStyles({ paper, ink, muted, grid }: ColorScheme, scheme: 'light' | 'dark'): string {
  const named = Object.keys(PALETTE) as Color[];
  return [
    `.chart .paper{fill:${paper}}`,
    `.chart text{fill:${ink};stroke:${paper}}.chart .muted{fill:${muted}}`,
    `.chart .grid{stroke:${grid}}.chart .axis{stroke:${muted}}`,
    ...named.map((name) => {
      const color = PALETTE[name][scheme];
      const strokes = ['line', 'marker', 'target', 'threshold'].map((shape) => `.chart .${shape}.${name}`).join();
      return `${strokes}{stroke:${color}}.chart .area.${name},.chart .span.${name},.chart .symbol.${name},.chart .tinted.${name}{fill:${color}}`;
    }),
  ].join('');
}
