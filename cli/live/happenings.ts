import { type Activity, isScaleOut, type NotScaled, type NotScaledReason } from '../../src/scaling/activity';
import { clockTime } from '../../src/scenario/duration';
import type { OutcomeEvent, OutcomeEventKind } from '../../src/scenario/outcome';
import type { Canvas } from './canvas';
import type { Glyphs } from './glyphs';
import type { LiveState } from './live-state';
import { metricName, valueInWords } from './signals';
import { fitted, flushRight, joined, type Line, span, type Tone } from './span';

const LOOKS: Readonly<Record<OutcomeEventKind, { readonly glyph: 'harm' | 'change'; readonly tone: Tone }>> = {
  fault: { glyph: 'harm', tone: 'bad' },
  'task-lost': { glyph: 'harm', tone: 'bad' },
  'replacement-healthy': { glyph: 'change', tone: 'good' },
  'zone-recovered': { glyph: 'change', tone: 'good' },
  'rebalancing-started': { glyph: 'change', tone: 'busy' },
  'deployment-started': { glyph: 'change', tone: 'busy' },
  'deployment-completed': { glyph: 'change', tone: 'good' },
  'deployment-failed': { glyph: 'harm', tone: 'bad' },
  'rolled-back': { glyph: 'change', tone: 'warning' },
  'policy-changed': { glyph: 'change', tone: 'busy' },
};

const REASONS: Readonly<Record<NotScaledReason, string>> = {
  AlreadyAtMaxCapacity: 'this is the maximum',
  AlreadyAtMinCapacity: 'this is the minimum',
  AlreadyAtDesiredCapacity: 'that is enough',
  AutoScalingAnticipatedFlapping: 'one less would be over a target',
  TargetServicePutResourceAsUnscalable: 'a deployment goes on',
};

interface Happening {
  readonly atSeconds: number;
  readonly orderSeconds: number;
  readonly line: Line;
}

/** What scaling did and did not do, and what befell the tasks, the newest first. */
export function happeningLines(state: LiveState, rows: number, canvas: Canvas): Line[] {
  if (rows < 1) return [];
  const happenings = [
    ...state.activities.map((activity) => ofActivity(activity, canvas)),
    ...state.notScaled.map((entry) => ofNotScaled(entry, canvas)),
    ...state.events.map((event) => ofEvent(event, canvas)),
  ];
  // of those at the same second the cause was noted before its effect.
  const newest = happenings
    .sort((one, other) => one.orderSeconds - other.orderSeconds)
    .slice(-rows)
    .reverse();
  if (newest.length === 0) return [span('nothing yet', 'faint')];
  return newest.map(({ atSeconds, line }) => {
    const time = flushRight(span(clockTime(atSeconds), 'faint'), 6);
    return fitted([...time, ...span('  '), ...line], canvas.width, canvas.glyphs.ellipsis);
  });
}

function ofActivity(activity: Activity, { glyphs, harmless }: Canvas): Happening {
  const { startSeconds, fromCapacity, toCapacity, cause } = activity;
  const signal = signalInWords(activity);
  const line = joined(
    [
      span(`${isScaleOut(activity) ? glyphs.more : glyphs.less} ${fromCapacity} ${glyphs.becomes} ${toCapacity}`, 'busy'),
      span(signal ?? harmless(cause)),
      endInWords(activity),
      span(signal === undefined ? '' : harmless(cause), 'faint'),
    ],
    span('  '),
  );
  return { atSeconds: startSeconds, orderSeconds: startSeconds, line };
}

function signalInWords({ metric, metricValue, targetValue, origin }: Activity): string | undefined {
  if (metric === undefined || metricValue === undefined || targetValue === undefined) return undefined;
  const wanted = origin === 'target-tracking' ? 'target' : 'threshold';
  return `${metricName(metric)} ${valueInWords(metric, metricValue)}, ${wanted} ${valueInWords(metric, targetValue)}`;
}

function endInWords({ statusCode, startSeconds, endSeconds = startSeconds }: Activity): Line {
  switch (statusCode) {
    case 'InProgress':
      return span('in progress', 'busy');
    case 'Successful':
      return span(`done in ${clockTime(endSeconds - startSeconds)}`, 'good');
    case 'Overridden':
      return span('overridden', 'faint');
    case 'Unfulfilled':
      return span('not fulfilled', 'bad');
  }
}

function ofNotScaled({ startSeconds, endSeconds, reason, currentCapacity }: NotScaled, { glyphs }: Canvas): Happening {
  const until = endSeconds > startSeconds ? ` until ${clockTime(endSeconds)}` : '';
  const line = joined([span(`${glyphs.held} stays at ${currentCapacity}${until}:`, 'warning'), span(REASONS[reason])], span(' '));
  return { atSeconds: startSeconds, orderSeconds: endSeconds, line };
}

function ofEvent({ atSeconds, kind, description }: OutcomeEvent, { glyphs, harmless }: Canvas): Happening {
  const { glyph, tone } = LOOKS[kind];
  return { atSeconds, orderSeconds: atSeconds, line: joined([glyphIn(glyphs, glyph, tone), span(harmless(description))], span(' ')) };
}

function glyphIn(glyphs: Glyphs, glyph: 'harm' | 'change', tone: Tone): Line {
  return span(glyphs[glyph], tone);
}
