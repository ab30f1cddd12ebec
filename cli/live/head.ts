import { clockTime } from '../../src/scenario/duration';
import type { Canvas } from './canvas';
import type { LiveState } from './live-state';
import { fitted, joined, type Line, type Span, span, widthOf } from './span';
import type { Verdict } from './verdict';

/** The first line: what this is, where it listens, and how it fares. */
export function headLine({ plan, url, speed, seed }: LiveState, verdicts: readonly Verdict[], canvas: Canvas): Line {
  const badges = joined(
    verdicts.map(({ text, tone }) => span(` ${text} `, tone)),
    span(' '),
  );
  const names = joined([span(canvas.harmless(plan.service), 'strong'), span(canvas.harmless(url), 'link')], span('  '));
  const run = joined([span(`${speed}x`, 'faint'), span(`seed ${seed}`, 'faint')], span(` ${canvas.glyphs.dot} `, 'faint'));
  const left = [...names, ...span('  '), ...badges];
  const gap = canvas.width - widthOf(left) - widthOf(run);
  if (gap >= 2) return [...left, ...span(' '.repeat(gap)), ...run];
  // where it gets narrow, how it fares is worth more than where it listens.
  return fitted(widthOf(left) <= canvas.width ? left : [...badges, ...span('  '), ...names], canvas.width, canvas.glyphs.ellipsis);
}

/** The second line: how far the scenario is, with what happened marked where it happened. */
export function progressLine(state: LiveState, { width, glyphs }: Canvas): Line {
  const { nowSeconds, totalSeconds, speed } = state;
  const before = span(`${clockTime(nowSeconds)} of ${clockTime(totalSeconds)}`);
  const left = Math.max(0, totalSeconds - nowSeconds) / speed;
  const after = span(`${clockTime(left)} to go`, 'faint');
  const barWidth = width - widthOf(before) - widthOf(after) - 4;
  if (barWidth < 8) return fitted([...before, ...span('  '), ...after], width, glyphs.ellipsis);
  return [...before, ...span('  '), ...strip(state, barWidth, glyphs), ...span('  '), ...after];
}

function strip({ nowSeconds, totalSeconds, activities, events }: LiveState, width: number, glyphs: Canvas['glyphs']): Line {
  const cellOf = (seconds: number): number => Math.min(width - 1, Math.floor((seconds / Math.max(1, totalSeconds)) * width));
  const marks = new Map<number, Span>();
  for (const { startSeconds, fromCapacity, toCapacity } of activities) {
    marks.set(cellOf(startSeconds), { text: toCapacity > fromCapacity ? glyphs.more : glyphs.less, tone: 'busy' });
  }
  for (const { atSeconds, kind } of events) {
    if (kind === 'fault' || kind === 'task-lost' || kind === 'deployment-failed')
      marks.set(cellOf(atSeconds), { text: glyphs.harm, tone: 'bad' });
    else if (kind === 'deployment-started') marks.set(cellOf(atSeconds), { text: glyphs.change, tone: 'busy' });
  }
  const now = cellOf(nowSeconds);
  return Array.from({ length: width }, (_, cell): Span => {
    const isPast = cell <= now;
    return marks.get(cell) ?? { text: isPast ? glyphs.past : glyphs.future, tone: isPast ? 'calm' : 'faint' };
  });
}
