import { amount } from '../../src/report/amount';
import { bar, type Mark } from './bar';
import type { Canvas } from './canvas';
import { type Gauge, type GaugeWidths, pastMinutes } from './gauge';
import type { LiveState } from './live-state';
import { datapointsOf, isOver, type Signal, topOf, valueInWords, type Watch } from './signals';
import { joined, type Line, span, type Tone } from './span';

/** More datapoints than this are told in words: nobody counts dots. */
const MOST_DOTS = 5;

/** A metric against the thresholds of its alarms, and the minutes that breach. */
export function signalGauge(state: LiveState, signal: Signal, widths: GaugeWidths, canvas: Canvas): Gauge {
  const value = signal.value(state.now) ?? signal.value(state.timeline.at(-1) ?? {});
  const toneOf = (one: number | undefined): Tone => (isOver(signal, one) ? 'warning' : 'calm');
  const marks = signal.watches.map(
    ({ rule, direction }): Mark => ({ value: rule.threshold, kind: direction === 'out' ? 'target' : 'low' }),
  );
  return {
    label: signal.name,
    picture: bar({ value, top: topOf(signal), width: widths.picture, tone: toneOf(value), marks }, canvas.glyphs),
    value: span(value === undefined ? '-' : valueInWords(signal.metric, value), isOver(signal, value) ? 'warning' : 'plain'),
    notes: notes(dots(signal, state, canvas), limits(signal)),
    past: pastMinutes(state, widths.past, { read: signal.value, leastTop: topOf(signal), toneOf }, canvas),
  };
}

/** The datapoints of the alarms that add tasks, oldest first. */
function dots(signal: Signal, { timeline }: LiveState, { glyphs }: Canvas): Line {
  return signal.watches.flatMap((watch) => {
    const points = watch.direction === 'out' ? datapointsOf(signal, watch, timeline) : undefined;
    if (points === undefined || watch.rule.evaluationPeriods > MOST_DOTS) return [];
    const missing = span(glyphs.calm.repeat(watch.rule.evaluationPeriods - points.length), 'faint');
    const seen = points.flatMap((breaching) => (breaching ? span(glyphs.breaching, 'warning') : span(glyphs.calm, 'faint')));
    return [...missing, ...seen];
  });
}

function limits({ watches }: Signal): Line[] {
  return watches.map((watch) => span(`${nameOf(watch)} ${amount(watch.rule.threshold)}`, 'faint'));
}

/** The datapoints stand before the first limit. */
function notes(points: Line, [first = [], ...others]: readonly Line[]): Line[] {
  return [joined([points, first], span(' ')), ...others];
}

function nameOf({ kind, direction }: Watch): string {
  if (kind !== 'alarm') return kind;
  return direction === 'out' ? 'above' : 'below';
}
