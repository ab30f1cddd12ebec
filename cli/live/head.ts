import { clockTime } from '../../src/scenario/duration';
import type { Canvas } from './canvas';
import type { LiveState } from './live-state';
import { fitted, joined, type Line, type Span, span, widthOf } from './span';
import type { Verdict } from './verdict';

/** A name that is cut off to less tells nothing. */
const LEAST_NAME = 8;
const GAP = 2;
/** The worst verdict fits in so much. */
const LEAST_BADGES = 24;

/** The first line: what this is, how it fares, and where it listens. */
export function headLine({ plan, url, speed, seed }: LiveState, verdicts: readonly Verdict[], canvas: Canvas): Line {
  const { width, glyphs } = canvas;
  const name = span(canvas.harmless(plan.service), 'strong');
  const link = span(canvas.harmless(url), 'link');
  // where others send the requests, the address is what they need.
  const room = width - Math.min(widthOf(name), LEAST_NAME) - GAP;
  const badges = badgesIn(verdicts, Math.max(room - widthOf(link) - GAP, LEAST_BADGES));
  // where it gets narrow, how it fares is worth more than what it is called; nothing changes its place.
  const left = [...fitted(name, Math.max(0, width - widthOf(badges) - GAP), glyphs.ellipsis), ...span(' '.repeat(GAP)), ...badges];
  const run = joined([span(`${speed}x`, 'faint'), span(`seed ${seed}`, 'faint')], span(` ${glyphs.dot} `, 'faint'));
  const right = [joined([link, run], span('  ')), link].find((one) => widthOf(left) + GAP + widthOf(one) <= width) ?? [];
  const gap = right.length === 0 ? 0 : width - widthOf(left) - widthOf(right);
  return fitted([...left, ...span(' '.repeat(gap)), ...right], width, glyphs.ellipsis);
}

/** As many verdicts as fit, the worst first, and the worst in any case. */
export function badgesIn(verdicts: readonly Verdict[], width: number): Line {
  return verdicts.reduce((kept, { text, tone }) => {
    const longer = joined([kept, span(` ${text} `, tone)], span(' '));
    return kept.length === 0 || widthOf(longer) <= width ? longer : kept;
  }, [] as Line);
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
