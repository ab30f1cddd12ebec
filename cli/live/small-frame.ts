import { wholeNumber } from '../../src/report/amount';
import { clockTime } from '../../src/scenario/duration';
import type { Canvas } from './canvas';
import { fleetCounts } from './fleet-counts';
import { badgesIn } from './head';
import type { LiveState } from './live-state';
import { LEAST_COLUMNS, LEAST_ROWS } from './live-style';
import { type Signal, valueInWords } from './signals';
import { type Line, span, whatFits } from './span';
import type { Verdict } from './verdict';
import { waitingOf } from './waiting';
import { wrapped } from './wrapped';

const TOO_SMALL = `For tasks and gauges: ${LEAST_COLUMNS} columns, ${LEAST_ROWS} rows.`;

/** What fits on a terminal that is too small for pictures: how it is in words, the most important first, and what more takes. */
export function smallLines(state: LiveState, verdicts: readonly Verdict[], signals: readonly Signal[], canvas: Canvas): Line[] {
  const { width } = canvas;
  const { nowSeconds, totalSeconds, now, totals } = state;
  const { healthy, wanted } = fleetCounts(state);
  const waiting = waitingOf(state);
  const values = signals.flatMap(({ name, metric, value }) => {
    const one = value(now) ?? value(state.timeline.at(-1) ?? {});
    return one === undefined ? [] : [span(`${name} ${valueInWords(metric, one)}`)];
  });
  const { requestsPerSecond, p95Millis } = now;
  return [
    badgesIn(verdicts, width),
    whatFits([span(`${clockTime(nowSeconds)} of ${clockTime(totalSeconds)}`), span(`${healthy} of ${wanted} tasks healthy`)], width),
    whatFits(values, width),
    whatFits(
      [
        span(requestsPerSecond === undefined ? '' : `${wholeNumber(requestsPerSecond)}/s served`),
        span(`${wholeNumber(totals.failedRequests)} failed`),
        span(p95Millis === undefined ? '' : `p95 ${wholeNumber(p95Millis)} ms`),
        span(waiting.count === 0 ? '' : `${wholeNumber(waiting.count)} waiting`),
      ].filter((line) => line.length > 0),
      width,
    ),
    ...wrapped(TOO_SMALL, width).map((text) => span(text, 'faint')),
  ];
}
