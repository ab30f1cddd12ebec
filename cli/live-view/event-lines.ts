import { metricLabel } from '../../src/metrics/metric';
import { formatElapsed } from '../../src/parse/durations';
import { eventKind } from '../../src/run/event-kinds';
import type { OutcomeEvent } from '../../src/run/outcome';
import { type Activity, isScaleOut, type NotScaled, type NotScaledReason } from '../../src/scaling/activity';
import { formatValue } from './live-signals';
import type { LiveState } from './live-state';
import type { RenderContext } from './styled-text';
import { alignRight, join, type StyledText, styled, truncate } from './styled-text';

const REASON_TEXTS: Readonly<Record<NotScaledReason, string>> = {
  AlreadyAtMaxCapacity: 'already at maximum capacity',
  AlreadyAtMinCapacity: 'already at minimum capacity',
  AlreadyAtDesiredCapacity: 'already at desired capacity',
  AutoScalingAnticipatedFlapping: 'one task less would exceed a target',
  TargetServicePutResourceAsUnscalable: 'a deployment is in progress',
};

interface EventLine {
  readonly atSeconds: number;
  /** The last second to which the entry applies, by which the lines are sorted. */
  readonly lastSeconds: number;
  readonly line: StyledText;
}

/** The scaling activities, the decisions not to scale and the events, the newest first. */
export function loggedEventLines(state: LiveState, rows: number, context: RenderContext): StyledText[] {
  if (rows < 1) return [];
  const entries = [
    ...state.activities.map((activity) => activityEntry(activity, context)),
    ...state.notScaled.map((entry) => notScaledEntry(entry, context)),
    ...state.events.map((event) => eventEntry(event, context)),
  ];
  // of entries at the same second the cause comes before its effect.
  const newest = entries
    .sort((one, other) => one.lastSeconds - other.lastSeconds)
    .slice(-rows)
    .reverse();
  if (newest.length === 0) return [styled('none yet', 'dim')];
  return newest.map(({ atSeconds, line }) => {
    const time = alignRight(styled(formatElapsed(atSeconds), 'dim'), 6);
    return truncate([...time, ...styled('  '), ...line], context.width, context.glyphs.ellipsis);
  });
}

function activityEntry(activity: Activity, { glyphs, sanitize }: RenderContext): EventLine {
  const { startSeconds, fromCapacity, toCapacity, cause } = activity;
  const metricText = formatMetricAndTarget(activity);
  const line = join(
    [
      styled(`${isScaleOut(activity) ? glyphs.moreTasks : glyphs.fewerTasks} ${fromCapacity} ${glyphs.arrow} ${toCapacity}`, 'in-progress'),
      styled(metricText ?? sanitize(cause)),
      formatStatus(activity),
      styled(metricText === undefined ? '' : sanitize(cause), 'dim'),
    ],
    styled('  '),
  );
  return { atSeconds: startSeconds, lastSeconds: startSeconds, line };
}

function formatMetricAndTarget({ metric, metricValue, targetValue, origin }: Activity): string | undefined {
  if (metric === undefined || metricValue === undefined || targetValue === undefined) return undefined;
  const relation = origin === 'target-tracking' ? 'target' : 'threshold';
  return `${metricLabel(metric)} ${formatValue(metric, metricValue)}, ${relation} ${formatValue(metric, targetValue)}`;
}

function formatStatus({ statusCode, startSeconds, endSeconds = startSeconds }: Activity): StyledText {
  switch (statusCode) {
    case 'InProgress':
      return styled('in progress', 'in-progress');
    case 'Successful':
      return styled(`done in ${formatElapsed(endSeconds - startSeconds)}`, 'good');
    case 'Overridden':
      return styled('overridden', 'dim');
    case 'Unfulfilled':
      return styled('not fulfilled', 'bad');
  }
}

function notScaledEntry({ startSeconds, endSeconds, reason, currentCapacity }: NotScaled, { glyphs }: RenderContext): EventLine {
  const until = endSeconds > startSeconds ? ` until ${formatElapsed(endSeconds)}` : '';
  const line = join(
    [styled(`${glyphs.unchanged} stays at ${currentCapacity}${until}:`, 'warning'), styled(REASON_TEXTS[reason])],
    styled(' '),
  );
  return { atSeconds: startSeconds, lastSeconds: endSeconds, line };
}

function eventEntry({ atSeconds, kind, description }: OutcomeEvent, { glyphs, sanitize }: RenderContext): EventLine {
  const { glyph, tone } = eventKind(kind);
  return { atSeconds, lastSeconds: atSeconds, line: join([styled(glyphs[glyph], tone), styled(sanitize(description))], styled(' ')) };
}
