import { bar, type Mark } from './bar';
import type { Canvas } from './canvas';
import { fleetCounts } from './fleet-counts';
import { type Gauge, type GaugeWidths, pastMinutes } from './gauge';
import type { LiveState } from './live-state';
import { span } from './span';

/** How many tasks serve, of how many that are wanted and may be wanted. */
export function tasksGauge(state: LiveState, widths: GaugeWidths, canvas: Canvas): Gauge {
  const { wanted, healthy, frozen, coming, going, min, max } = fleetCounts(state);
  const marks: Mark[] = [
    { value: wanted, kind: 'target' },
    { value: min, kind: 'low' },
  ];
  const tone = healthy < Math.min(wanted, min) ? 'bad' : 'good';
  const top = Math.max(max, wanted, 1);
  return {
    label: 'Tasks',
    picture: bar({ value: healthy, top, width: widths.picture, tone, marks }, canvas.glyphs),
    value: span(`${healthy} healthy`, tone === 'bad' ? 'bad' : 'plain'),
    notes: [
      span(`${wanted} wanted`, wanted >= max ? 'warning' : 'plain'),
      span(frozen > 0 ? `${frozen} frozen` : '', 'bad'),
      span(coming > 0 ? `${coming} coming` : '', 'busy'),
      span(going > 0 ? `${going} going` : '', 'faint'),
      span(`${min} to ${max}`, 'faint'),
    ],
    past: pastMinutes(
      state,
      widths.past,
      { read: (row) => row.desiredCount, leastTop: top, toneOf: (count) => (count >= max ? 'warning' : 'calm') },
      canvas,
    ),
  };
}
