import { formatElapsed } from '../../src/parse/durations';
import { eventKind } from '../../src/run/event-kinds';
import type { LiveState } from './live-state';
import type { Status } from './status';
import type { RenderContext } from './styled-text';
import { join, type Span, type StyledText, styled, truncate, widthOf } from './styled-text';

/** The minimum width of the name. */
const MIN_NAME_WIDTH = 8;
const GAP = 2;
/** The width that the most severe status needs. */
const MIN_BADGES_WIDTH = 24;

/** The first line: the name of the service, its status, and the URL of the load balancer. */
export function headLine({ plan, url, speed, seed }: LiveState, statuses: readonly Status[], context: RenderContext): StyledText {
  const { width, glyphs } = context;
  const name = styled(context.sanitize(plan.service), 'bold');
  const link = styled(context.sanitize(url), 'link');
  // the URL has priority over the name: other programs can send requests to it.
  const badgesAndLinkWidth = width - Math.min(widthOf(name), MIN_NAME_WIDTH) - GAP;
  const badges = badgesIn(statuses, Math.max(badgesAndLinkWidth - widthOf(link) - GAP, MIN_BADGES_WIDTH));
  // on a narrow screen the status has priority over the name.
  const leftPart = [...truncate(name, Math.max(0, width - widthOf(badges) - GAP), glyphs.ellipsis), ...styled(' '.repeat(GAP)), ...badges];
  const runText = join([styled(`${speed}x`, 'dim'), styled(`seed ${seed}`, 'dim')], styled(` ${glyphs.dot} `, 'dim'));
  const rightPart =
    [join([link, runText], styled('  ')), link].find((candidate) => widthOf(leftPart) + GAP + widthOf(candidate) <= width) ?? [];
  const gap = rightPart.length === 0 ? 0 : width - widthOf(leftPart) - widthOf(rightPart);
  return truncate([...leftPart, ...styled(' '.repeat(gap)), ...rightPart], width, glyphs.ellipsis);
}

/** The statuses that fit, the most severe first, which is always shown. */
export function badgesIn(statuses: readonly Status[], width: number): StyledText {
  return statuses.reduce((shown, { text, tone }) => {
    const longer = join([shown, styled(` ${text} `, tone)], styled(' '));
    return shown.length === 0 || widthOf(longer) <= width ? longer : shown;
  }, [] as StyledText);
}

/** The second line: the progress of the scenario, with markers of activities and events. */
export function progressLine(state: LiveState, { width, glyphs }: RenderContext): StyledText {
  const { nowSeconds, totalSeconds, speed } = state;
  const elapsedText = styled(`${formatElapsed(nowSeconds)} of ${formatElapsed(totalSeconds)}`);
  const remainingSeconds = Math.max(0, totalSeconds - nowSeconds) / speed;
  const remainingText = styled(`${formatElapsed(remainingSeconds)} to go`, 'dim');
  const barWidth = width - widthOf(elapsedText) - widthOf(remainingText) - 4;
  if (barWidth < 8) return truncate([...elapsedText, ...styled('  '), ...remainingText], width, glyphs.ellipsis);
  return [...elapsedText, ...styled('  '), ...progressBar(state, barWidth, glyphs), ...styled('  '), ...remainingText];
}

function progressBar(
  { nowSeconds, totalSeconds, activities, events }: LiveState,
  width: number,
  glyphs: RenderContext['glyphs'],
): StyledText {
  const cellOf = (seconds: number): number => Math.min(width - 1, Math.floor((seconds / Math.max(1, totalSeconds)) * width));
  const marks = new Map<number, Span>();
  for (const { startSeconds, fromCapacity, toCapacity } of activities) {
    marks.set(cellOf(startSeconds), { text: toCapacity > fromCapacity ? glyphs.moreTasks : glyphs.fewerTasks, tone: 'in-progress' });
  }
  for (const { atSeconds, kind } of events) {
    const { glyph, tone, isOnProgressBar } = eventKind(kind);
    if (isOnProgressBar) marks.set(cellOf(atSeconds), { text: glyphs[glyph], tone });
  }
  const now = cellOf(nowSeconds);
  return Array.from({ length: width }, (_, cell): Span => {
    const isPast = cell <= now;
    return marks.get(cell) ?? { text: isPast ? glyphs.past : glyphs.future, tone: isPast ? 'normal' : 'dim' };
  });
}
