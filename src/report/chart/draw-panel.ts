import { axisAmount } from '../amount';
import { element, escapeText, textElement } from '../markup';
import { condensed } from './condensed';
import type { Frame } from './frame';
import { legend } from './legend';
import { linearScale, place } from './linear-scale';
import { highestValue, type Panel, type Series, strokeStyle } from './panel';
import { type Axes, areaPath, linePath } from './path';
import { placedReferences } from './reference-labels';
import { ticksUpTo } from './ticks';

const HEADING_HEIGHT = 22;
const PLOT_HEIGHT = { tall: 104, low: 64 } as const;
const STEPS = { tall: 4, low: 2 } as const;

/** A strip of the line for each pixel or so. */
const STRIPS = 720;

/** Where a panel's box begins and ends from top to bottom. */
export interface DrawnPanel {
  readonly markup: string;
  readonly bottom: number;
}

/** Draws a panel below a height: heading, legend, grid, references, series. */
export function drawPanel(panel: Panel, frame: Frame, top: number): DrawnPanel {
  const plotTop = top + HEADING_HEIGHT;
  const bottom = plotTop + PLOT_HEIGHT[panel.height];
  const ticks = ticksUpTo(highestValue(panel), STEPS[panel.height], panel.isWhole);
  const axes: Axes = { time: frame.time, value: linearScale([0, ticks.top], [bottom, plotTop]) };
  const markup = [
    heading(panel, frame, top + HEADING_HEIGHT - 8),
    ...ticks.values.map((value) => gridLine(value, axes, frame)),
    ...panel.series.map((series) => drawSeries(series, axes)),
    ...placedReferences(panel.references, axes.value, frame),
  ];
  return { markup: element('g', { role: 'group', 'aria-label': `${panel.title}, ${panel.unit}` }, markup), bottom };
}

function heading(panel: Panel, frame: Frame, baseline: number): string {
  const unit = textElement('tspan', { dx: 8, class: 'muted unit' }, panel.unit);
  const title = element('text', { x: frame.left, y: baseline, class: 'heading' }, escapeText(panel.title) + unit);
  // one series alone is what the heading says.
  return panel.series.length === 1 ? title : title + legend(panel.series, frame.right, baseline);
}

function gridLine(value: number, axes: Axes, frame: Frame): string {
  const y = place(axes.value.at(value));
  return [
    element('path', { d: `M${frame.left},${y}H${frame.right}`, class: value === 0 ? 'axis' : 'grid' }),
    textElement('text', { x: frame.left - 7, y: place(axes.value.at(value) + 4), class: 'muted end' }, axisAmount(value, axes.value.most)),
  ].join('');
}

function drawSeries({ colour, shape, line, isBroad }: Series, axes: Axes): string {
  const shown = condensed(line, STRIPS);
  const area = shape === 'area' || shape === 'filled' ? element('path', { d: areaPath(shown, axes), class: `area ${colour}` }) : '';
  const stroke =
    shape === 'area' ? '' : element('path', { d: linePath(shown, axes), class: `line ${shape} ${colour}`, style: strokeStyle(isBroad) });
  return area + stroke;
}
