import { element, escapeText, textElement } from '../markup';
import { formatTick } from '../number-format';
import { ticksUpTo } from './axis-ticks';
import { FONT_SIZE, type Frame, formatPosition, type LinearScale, linearScale, textWidth } from './chart-frame';
import { axisMax, condensedLine, type Line, type Panel, type Point, type ReferenceLine, type Series, strokeStyle } from './panel';

const HEADING_HEIGHT = 22;
const PLOT_HEIGHT = { tall: 104, low: 64 } as const;
const STEPS = { tall: 4, low: 2 } as const;

/** A line is reduced to so many strips of time, about one per pixel. */
const STRIPS = 720;

/** A drawn panel and its bottom edge. */
export interface DrawnPanel {
  readonly markup: string;
  readonly bottom: number;
}

/** Draws a panel: heading, legend, grid, references, series. */
export function drawPanel(panel: Panel, frame: Frame, top: number): DrawnPanel {
  const plotTop = top + HEADING_HEIGHT;
  const bottom = plotTop + PLOT_HEIGHT[panel.height];
  const ticks = ticksUpTo(axisMax(panel), STEPS[panel.height], panel.wholeNumbersOnly);
  const axes: Axes = { time: frame.time, value: linearScale([0, ticks.axisMax], [bottom, plotTop]) };
  const markup = [
    drawPanelHeading(panel, frame, top + HEADING_HEIGHT - 8),
    ...ticks.values.map((value) => drawGridLine(value, axes, frame)),
    ...panel.series.map((series) => drawSeries(series, axes)),
    ...drawReferenceLines(panel.referenceLines, axes.value, frame),
  ];
  return { markup: element('g', { role: 'group', 'aria-label': `${panel.title}, ${panel.unit}` }, markup), bottom };
}

function drawPanelHeading(panel: Panel, frame: Frame, baseline: number): string {
  const unit = textElement('tspan', { dx: 8, class: 'muted unit' }, panel.unit);
  const title = element('text', { x: frame.left, y: baseline, class: 'heading' }, escapeText(panel.title) + unit);
  // a single series needs no legend.
  return panel.series.length === 1 ? title : title + drawLegend(panel.series, frame.right, baseline);
}

function drawGridLine(value: number, axes: Axes, frame: Frame): string {
  const y = formatPosition(axes.value.at(value));
  return [
    element('path', { d: `M${frame.left},${y}H${frame.right}`, class: value === 0 ? 'axis' : 'grid' }),
    textElement(
      'text',
      { x: frame.left - 7, y: formatPosition(axes.value.at(value) + 4), class: 'muted end' },
      formatTick(value, axes.value.max),
    ),
  ].join('');
}

function drawSeries({ color, shape, line, isBroad }: Series, axes: Axes): string {
  const shown = condensedLine(line, STRIPS);
  const area = shape === 'area' || shape === 'filled' ? element('path', { d: areaPath(shown, axes), class: `area ${color}` }) : '';
  const stroke =
    shape === 'area' ? '' : element('path', { d: linePath(shown, axes), class: `line ${shape} ${color}`, style: strokeStyle(isBroad) });
  return area + stroke;
}

/** The scales of time and value. */
export interface Axes {
  readonly time: LinearScale;
  readonly value: LinearScale;
}

/** The `d` of a path along a line, with its gaps. A horizontal part is one stroke. */
export function linePath(line: Line, axes: Axes): string {
  return segmentsOf(line)
    .map((points) => `M${withoutRedundantPoints(points.map((point) => pathPoint(point.atSeconds, point.value, axes))).join('L')}`)
    .join('');
}

/** The `d` of the area between a line and its floor, or the bottom of the panel if it has none. */
export function areaPath(line: Line, axes: Axes): string {
  return segmentsOf(line)
    .map((points) => {
      const upperEdge = withoutRedundantPoints(points.map((point) => pathPoint(point.atSeconds, point.value, axes)));
      const lowerEdge = withoutRedundantPoints(points.map((point) => pathPoint(point.atSeconds, point.floor ?? 0, axes))).reverse();
      return `M${[...upperEdge, ...lowerEdge].join('L')}Z`;
    })
    .join('');
}

type KnownPoint = Point & { readonly value: number };

/** The parts of a line between its gaps. */
function segmentsOf(line: Line): KnownPoint[][] {
  const segments: KnownPoint[][] = [];
  let isBroken = true;
  for (const point of line) {
    if (isKnown(point)) {
      if (isBroken) segments.push([]);
      segments.at(-1)!.push(point);
    }
    isBroken = !isKnown(point);
  }
  return segments;
}

function isKnown(point: Point): point is KnownPoint {
  return point.value !== undefined;
}

function pathPoint(atSeconds: number, value: number, axes: Axes): string {
  return `${formatPosition(axes.time.at(atSeconds))},${formatPosition(axes.value.at(value))}`;
}

/** Leaves out points that repeat, and those inside a horizontal part. */
function withoutRedundantPoints(points: readonly string[]): string[] {
  const unique = points.filter((text, index) => text !== points[index - 1]);
  const heights = unique.map((text) => text.slice(text.indexOf(',')));
  return unique.filter((_, index) => heights[index] !== heights[index - 1] || heights[index] !== heights[index + 1]);
}

const SWATCH = 18;
const GAP = 14;
const PAD = 5;

/** The legend of a panel, right-aligned beside the title. */
export function drawLegend(series: readonly Series[], right: number, baseline: number): string {
  const widths = series.map(({ name }) => SWATCH + PAD + textWidth(name, FONT_SIZE.label) + GAP);
  let x = right + GAP - widths.reduce((sum, width) => sum + width, 0);
  return series
    .map((one, index) => {
      const drawn =
        drawSwatch(one, x, baseline - 4) +
        textElement('text', { x: formatPosition(x + SWATCH + PAD), y: baseline, class: 'label' }, one.name);
      x += widths[index]!;
      return drawn;
    })
    .join('');
}

function drawSwatch({ color, shape, isBroad }: Series, x: number, y: number): string {
  const area = element('rect', { x: formatPosition(x), y: y - 5, width: SWATCH, height: 10, class: `area ${color}` });
  const stroke = element('path', {
    d: `M${formatPosition(x)},${y}h${SWATCH}`,
    class: `line ${shape} ${color}`,
    style: strokeStyle(isBroad),
  });
  if (shape === 'area') return area;
  return shape === 'filled' ? area + stroke : stroke;
}

const LINE_HEIGHT = 13;

/** The classes in the style sheet of the chart. */
const LINE_CLASS = { primary: 'target', secondary: 'threshold' } as const;

interface PlacedReferenceLine {
  readonly reference: ReferenceLine;
  readonly y: number;
  labelY: number;
}

/** Reference lines with their labels at the right end, without overlaps: a primary label above its line, a secondary one below. */
export function drawReferenceLines(references: readonly ReferenceLine[], values: LinearScale, frame: Frame): string[] {
  const placed: PlacedReferenceLine[] = references.map((reference) => {
    const y = values.at(reference.value);
    return { reference, y, labelY: reference.kind === 'primary' ? y - 4 : y + FONT_SIZE.label };
  });
  placed.sort((a, b) => a.y - b.y);
  separateLabels(placed, values.at(values.min) - 3);
  return [...placed.map((one) => drawReferenceLine(one, frame)), ...placed.map((one) => drawReferenceLabel(one, frame))];
}

/** Moves labels up from the bottom of the panel, each above the one below it. */
function separateLabels(placed: readonly PlacedReferenceLine[], maxY: number): void {
  let limit = maxY;
  for (const one of [...placed].reverse()) {
    one.labelY = Math.min(one.labelY, limit);
    limit = one.labelY - LINE_HEIGHT;
  }
}

function drawReferenceLine({ reference, y }: PlacedReferenceLine, frame: Frame): string {
  return element('path', {
    d: `M${frame.left},${formatPosition(y)}H${frame.right}`,
    class: `${LINE_CLASS[reference.kind]} ${reference.color}`,
  });
}

function drawReferenceLabel({ reference, labelY }: PlacedReferenceLine, frame: Frame): string {
  return textElement(
    'text',
    { x: frame.right - 3, y: formatPosition(labelY), class: `label end tinted ${reference.color}` },
    reference.label,
  );
}
