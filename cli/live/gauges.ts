import type { Canvas } from './canvas';
import { gaugeLine, gaugeWidths, LABEL_WIDTH } from './gauge';
import type { LiveState } from './live-state';
import { outlookOf } from './outlook';
import { requestGauges } from './request-gauges';
import { signalGauge } from './signal-gauge';
import type { Signal } from './signals';
import { fitted, type Line, padded, span } from './span';
import { tasksGauge } from './tasks-gauge';
import { wrapped } from './wrapped';

/** The lines for what the alarms wait for: always as many, so that nothing below them moves. */
const NEXT_LINES = 2;

/** The upper part of the view: tasks, signals, requests, and what comes next. */
export function gaugeLines(state: LiveState, signals: readonly Signal[], canvas: Canvas): Line[] {
  const widths = gaugeWidths(canvas);
  const gauges = [
    tasksGauge(state, widths, canvas),
    ...signals.map((signal) => signalGauge(state, signal, widths, canvas)),
    ...requestGauges(state, widths, canvas),
  ];
  return [...gauges.map((gauge) => gaugeLine(gauge, widths, canvas)), ...nextLines(state, signals, canvas)];
}

function nextLines(state: LiveState, signals: readonly Signal[], { width, glyphs }: Canvas): Line[] {
  const texts = outlookOf(state, signals).flatMap((text) => wrapped(text, width - LABEL_WIDTH - 1));
  return Array.from({ length: NEXT_LINES }, (_, index) => {
    const text = span(texts[index] ?? '');
    const label = span(index === 0 && text.length > 0 ? 'Next' : '', 'faint');
    return text.length === 0 ? [] : fitted([...padded(label, LABEL_WIDTH + 1, glyphs.ellipsis), ...text], width, glyphs.ellipsis);
  });
}
