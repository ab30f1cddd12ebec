import type { LatencyPercentile } from '../../src/metrics/latency-percentiles';
import { formatNumber, formatWholeNumber } from '../../src/report/number-format';
import type { TimelineRow } from '../../src/run/outcome';
import { bar, type Gauge, type GaugeWidths, gaugeLine, gaugeWidths, historySparkline, LABEL_WIDTH, type Mark } from './gauge';
import { breachesScaleOut, formatValue, fullScaleOf, type LiveSignal, recentBreaches, type SignalAlarm } from './live-signals';
import { fleetCounts, type LiveState } from './live-state';
import { nextStepLines } from './next-step';
import { waitingRequestsOf } from './status';
import { join, pad, type RenderContext, type StyledText, styled, type Tone, truncate } from './styled-text';
import { wrap } from './wrap-text';

/** The number of lines for the next step: constant, so that nothing below them moves. */
const NEXT_STEP_LINES = 2;

/** The upper part of the view: gauges of tasks, signals and requests, and the next step. */
export function gaugeLines(state: LiveState, signals: readonly LiveSignal[], context: RenderContext): StyledText[] {
  const widths = gaugeWidths(context);
  const gauges = [
    tasksGauge(state, widths, context),
    ...signals.map((signal) => signalGauge(state, signal, widths, context)),
    ...requestGauges(state, widths, context),
  ];
  return [...gauges.map((gauge) => gaugeLine(gauge, widths, context)), ...nextStepRows(state, signals, context)];
}

function nextStepRows(state: LiveState, signals: readonly LiveSignal[], { width, glyphs }: RenderContext): StyledText[] {
  const texts = nextStepLines(state, signals).flatMap((text) => wrap(text, width - LABEL_WIDTH - 1));
  return Array.from({ length: NEXT_STEP_LINES }, (_, index) => {
    const text = styled(texts[index] ?? '');
    const label = styled(index === 0 && text.length > 0 ? 'Next' : '', 'dim');
    return text.length === 0 ? [] : truncate([...pad(label, LABEL_WIDTH + 1, glyphs.ellipsis), ...text], width, glyphs.ellipsis);
  });
}

/** The healthy tasks, with the desired count and the bounds. */
export function tasksGauge(state: LiveState, widths: GaugeWidths, context: RenderContext): Gauge {
  const { desired, healthy, paused, starting, stopping, min, max } = fleetCounts(state);
  const marks: Mark[] = [
    { value: desired, kind: 'upper' },
    { value: min, kind: 'lower' },
  ];
  const tone = healthy < Math.min(desired, min) ? 'bad' : 'good';
  const fullScale = Math.max(max, desired, 1);
  return {
    label: 'Tasks',
    graphic: bar({ value: healthy, fullScale, width: widths.graphic, tone, marks }, context.glyphs),
    value: styled(`${healthy} healthy`, tone === 'bad' ? 'bad' : 'plain'),
    notes: [
      styled(`${desired} desired`, desired >= max ? 'warning' : 'plain'),
      styled(paused > 0 ? `${paused} paused` : '', 'bad'),
      styled(starting > 0 ? `${starting} starting` : '', 'in-progress'),
      styled(stopping > 0 ? `${stopping} stopping` : '', 'dim'),
      styled(`${min} to ${max}`, 'dim'),
    ],
    history: historySparkline(
      state,
      widths.history,
      { minuteValue: (row) => row.desiredCount, minFullScale: fullScale, toneOf: (count) => (count >= max ? 'warning' : 'normal') },
      context,
    ),
  };
}

/** The time that the oldest request has waited is shown if it is at least this. */
const MIN_SHOWN_WAIT_SECONDS = 1;

/** The gauges of requests: served, latency and failed. */
export function requestGauges(state: LiveState, widths: GaugeWidths, context: RenderContext): Gauge[] {
  return [servedGauge(state, widths, context), latencyGauge(state, widths, context), failedGauge(state, widths, context)];
}

function servedGauge(state: LiveState, { graphic }: GaugeWidths, context: RenderContext): Gauge {
  const { users, scenarioRequestsPerSecond, sentRequestsPerSecond, servedRequestsPerSecond } = state.latestValues;
  const loadNote = users === undefined ? rateNote(scenarioRequestsPerSecond, 'required') : styled(`${formatWholeNumber(users)} users`);
  return {
    label: 'Served',
    graphic: historySparkline(state, graphic, { minuteValue: (row) => row.servedRequestsPerSecond }, context),
    value: servedRequestsPerSecond === undefined ? styled('-') : styled(`${formatWholeNumber(servedRequestsPerSecond)}/s`),
    notes: [loadNote, rateNote(sentRequestsPerSecond, 'sent')],
  };
}

function rateNote(perSecond: number | undefined, label: string): StyledText {
  return perSecond === undefined ? [] : styled(`${formatWholeNumber(perSecond)}/s ${label}`);
}

function latencyGauge(state: LiveState, { graphic }: GaugeWidths, context: RenderContext): Gauge {
  const { p50Millis, p95Millis, p99Millis } = state.latestValues;
  const percentileNotes = [latencyNote('p50', p50Millis), latencyNote('p99', p99Millis)];
  return {
    label: 'Latency',
    graphic: historySparkline(state, graphic, { minuteValue: (row) => row.p95Millis }, context),
    value: p95Millis === undefined ? styled('-') : styled(`p95 ${formatMillis(p95Millis)}`),
    notes: waitingRequestsOf(state).isLong ? [...waitingNotes(state), ...percentileNotes] : [...percentileNotes, ...waitingNotes(state)],
  };
}

function latencyNote(name: LatencyPercentile, millis: number | undefined): StyledText {
  return millis === undefined ? [] : styled(`${name} ${formatMillis(millis)}`);
}

/** Notes on requests that wait for a response, which no latency includes yet. */
function waitingNotes(state: LiveState): StyledText[] {
  const { count, longestSeconds, isLong } = waitingRequestsOf(state);
  if (count === 0) return [];
  const tone = isLong ? 'warning' : 'plain';
  const oldest = longestSeconds >= MIN_SHOWN_WAIT_SECONDS ? `oldest ${formatNumber(Math.floor(longestSeconds))} s` : '';
  return [styled(`${formatWholeNumber(count)} waiting`, tone), styled(oldest, tone)];
}

function formatMillis(value: number): string {
  return value >= 10_000 ? `${formatNumber(value / 1000)} s` : `${formatNumber(value)} ms`;
}

function failedGauge(state: LiveState, { graphic }: GaugeWidths, context: RenderContext): Gauge {
  const { failedRequests, requests, lastFailure } = state.totals;
  return {
    label: 'Failed',
    graphic: historySparkline(state, graphic, { minuteValue: failedRequestsOf, toneOf: () => 'bad' }, context),
    value: styled(formatWholeNumber(failedRequests), failureTone(state)),
    // one note, so that a long failure is cut off and not left out.
    notes: [
      join(
        [
          styled(`of ${formatWholeNumber(requests)}`, 'dim'),
          lastFailure === undefined ? [] : styled(`last: ${withoutQuery(context.sanitize(lastFailure), context)}`),
        ],
        styled(', ', 'dim'),
      ),
    ],
  };
}

function failedRequestsOf({ failedRequests }: TimelineRow): number | undefined {
  return failedRequests > 0 ? failedRequests : undefined;
}

function failureTone({ latestValues, totals }: LiveState): Tone {
  if ((latestValues.failedRequests ?? 0) > 0) return 'bad';
  return totals.failedRequests > 0 ? 'warning' : 'plain';
}

/** Shortens the query, which would leave no room for the failure. */
function withoutQuery(failure: string, { glyphs }: RenderContext): string {
  return failure.replace(/\?\S+/, `?${glyphs.ellipsis}`);
}

/** The maximum number of datapoints that are shown as dots. */
const MAX_DOTS = 5;

/** A signal with the thresholds of its alarms, and the breaching datapoints. */
export function signalGauge(state: LiveState, signal: LiveSignal, widths: GaugeWidths, context: RenderContext): Gauge {
  const value = signal.valueIn(state.latestValues) ?? signal.valueIn(state.timeline.at(-1) ?? {});
  const toneOf = (reported: number | undefined): Tone => (breachesScaleOut(signal, reported) ? 'warning' : 'normal');
  const marks = signal.alarms.map(
    ({ rule, direction }): Mark => ({ value: rule.threshold, kind: direction === 'out' ? 'upper' : 'lower' }),
  );
  return {
    label: signal.name,
    graphic: bar({ value, fullScale: fullScaleOf(signal), width: widths.graphic, tone: toneOf(value), marks }, context.glyphs),
    value: styled(value === undefined ? '-' : formatValue(signal.metric, value), breachesScaleOut(signal, value) ? 'warning' : 'plain'),
    notes: signalNotes(datapointDots(signal, state, context), thresholdNotes(signal)),
    history: historySparkline(state, widths.history, { minuteValue: signal.valueIn, minFullScale: fullScaleOf(signal), toneOf }, context),
  };
}

/** The datapoints of the scale-out alarms, oldest first. */
function datapointDots(signal: LiveSignal, { timeline }: LiveState, { glyphs }: RenderContext): StyledText {
  return signal.alarms.flatMap((alarm) => {
    const points = alarm.direction === 'out' ? recentBreaches(signal, alarm, timeline) : undefined;
    if (points === undefined || alarm.rule.evaluationPeriods > MAX_DOTS) return [];
    const missing = styled(glyphs.notBreaching.repeat(alarm.rule.evaluationPeriods - points.length), 'dim');
    const seen = points.flatMap((breaching) => (breaching ? styled(glyphs.breaching, 'warning') : styled(glyphs.notBreaching, 'dim')));
    return [...missing, ...seen];
  });
}

function thresholdNotes({ alarms }: LiveSignal): StyledText[] {
  return alarms.map((alarm) => styled(`${thresholdName(alarm)} ${formatNumber(alarm.rule.threshold)}`, 'dim'));
}

/** The notes of a signal: its thresholds, with the dots of the datapoints before the first one, so that both are shown or left out. */
function signalNotes(dots: StyledText, [first = [], ...others]: readonly StyledText[]): StyledText[] {
  return [join([dots, first], styled(' ')), ...others];
}

function thresholdName({ kind, direction }: SignalAlarm): string {
  if (kind !== 'step') return kind === 'high' ? 'target' : 'low';
  return direction === 'out' ? 'above' : 'below';
}
