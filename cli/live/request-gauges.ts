import { amount, wholeNumber } from '../../src/report/amount';
import type { TimelineRow } from '../../src/scenario/outcome';
import type { Canvas } from './canvas';
import { type Gauge, type GaugeWidths, pastMinutes } from './gauge';
import type { LiveState } from './live-state';
import { joined, type Line, span, type Tone } from './span';
import { waitingOf } from './waiting';

/** From this age on it is worth telling how old the oldest request is that waits. */
const OLD_SECONDS = 1;

/** What is asked for, what of it is sent and served, how long that takes, and what fails. */
export function requestGauges(state: LiveState, widths: GaugeWidths, canvas: Canvas): Gauge[] {
  return [served(state, widths, canvas), latency(state, widths, canvas), failed(state, widths, canvas)];
}

function served(state: LiveState, { picture }: GaugeWidths, canvas: Canvas): Gauge {
  const { users, askedPerSecond, offeredPerSecond, requestsPerSecond } = state.now;
  const asked = users === undefined ? rate(askedPerSecond, 'asked') : span(`${wholeNumber(users)} users`);
  return {
    label: 'Served',
    picture: pastMinutes(state, picture, { read: (row) => row.requestsPerSecond }, canvas),
    value: requestsPerSecond === undefined ? span('-') : span(`${wholeNumber(requestsPerSecond)}/s`),
    notes: [asked, rate(offeredPerSecond, 'sent')],
  };
}

function rate(perSecond: number | undefined, what: string): Line {
  return perSecond === undefined ? [] : span(`${wholeNumber(perSecond)}/s ${what}`);
}

function latency(state: LiveState, { picture }: GaugeWidths, canvas: Canvas): Gauge {
  const { p50Millis, p95Millis } = state.now;
  const half = p50Millis === undefined ? [] : span(`p50 ${millis(p50Millis)}`);
  return {
    label: 'Latency',
    picture: pastMinutes(state, picture, { read: (row) => row.p95Millis }, canvas),
    value: p95Millis === undefined ? span('-') : span(`p95 ${millis(p95Millis)}`),
    notes: waitingOf(state).isLong ? [...waiting(state), half] : [half, ...waiting(state)],
  };
}

/** Those that wait are in no latency before they are answered. */
function waiting(state: LiveState): Line[] {
  const { count, longestSeconds, isLong } = waitingOf(state);
  if (count === 0) return [];
  const tone = isLong ? 'warning' : 'plain';
  const oldest = longestSeconds >= OLD_SECONDS ? `oldest ${amount(Math.floor(longestSeconds))} s` : '';
  return [span(`${wholeNumber(count)} waiting`, tone), span(oldest, tone)];
}

function millis(value: number): string {
  return value >= 10_000 ? `${amount(value / 1000)} s` : `${amount(value)} ms`;
}

function failed(state: LiveState, { picture }: GaugeWidths, canvas: Canvas): Gauge {
  const { failedRequests, requests, lastFailure } = state.totals;
  return {
    label: 'Failed',
    picture: pastMinutes(state, picture, { read: failures, toneOf: () => 'bad' }, canvas),
    value: span(wholeNumber(failedRequests), toneOfFailures(state)),
    // in one, since half a sentence of how the last one failed says more than none.
    notes: [
      joined(
        [
          span(`of ${wholeNumber(requests)}`, 'faint'),
          lastFailure === undefined ? [] : span(`last: ${withoutQuery(canvas.harmless(lastFailure), canvas)}`),
        ],
        span(', ', 'faint'),
      ),
    ],
  };
}

function failures({ failedRequests }: TimelineRow): number | undefined {
  return failedRequests > 0 ? failedRequests : undefined;
}

function toneOfFailures({ now, totals }: LiveState): Tone {
  if ((now.failedRequests ?? 0) > 0) return 'bad';
  return totals.failedRequests > 0 ? 'warning' : 'plain';
}

/** A long query would leave no room for what came of it. */
function withoutQuery(failure: string, { glyphs }: Canvas): string {
  return failure.replace(/\?\S+/, `?${glyphs.ellipsis}`);
}
