import { describe, expect, test } from 'vitest';
import { formatInjectedFault, parseFault } from '../../src/faults/fault-grammar';
import { frameOf, textWidth } from '../../src/report/chart/chart-frame';
import { drawMarkers } from '../../src/report/chart/draw-markers';
import { markersOf } from '../../src/report/markers';
import type { ReportedRun } from '../../src/report/report';
import { svgOf } from '../../src/report/svg';
import { runOf } from './runs';

const FAULTS = ['stop 1 at 6m', 'pause 1 at 12m for 3m', 'slow 1 to 50% at 13m for 4m', 'lose zone at 14m for 4m', 'bad deploy at 19m'].map(
  parseFault,
);

/** A run under whose faults events were written down. */
function faultyRun(): ReportedRun {
  const run = runOf('users 30 for 10m, users 120 think 2ms for 10m');
  const events = FAULTS.map((fault) => ({
    atSeconds: fault.atSeconds,
    kind: 'fault' as const,
    description: formatInjectedFault(fault, 1),
    ...('durationSeconds' in fault ? { durationSeconds: fault.durationSeconds } : {}),
  }));
  return { ...run, scenario: { ...run.scenario, faults: FAULTS }, outcome: { ...run.outcome, events } };
}

describe('a marked run', () => {
  const report = { title: 'Shop', runs: [faultyRun()] as [ReportedRun] };
  const markers = markersOf(report);

  test('are scaling activities and events, each with its duration', () => {
    expect(markers.filter(({ kind }) => kind === 'scale-out').map(({ label }) => label)).toEqual(['2 → 3']);
    expect(markers.filter(({ kind }) => kind === 'fault').map(({ atSeconds, untilSeconds }) => [atSeconds, untilSeconds])).toEqual([
      [360, undefined],
      [720, 900],
      [780, 1020],
      [840, 1080],
      [1140, undefined],
    ]);
  });

  test('has labels that do not overlap and are within the chart', () => {
    const labels = drawMarkers(markers, frameOf(1200)).labels(0);
    const boxes = [...labels.matchAll(/<text x="([\d.]+)" y="(\d+)" class="label( end)?">(.*?)</g)].map(([, x, y, end, text]) => {
      const [place, width] = [Number(x), textWidth(text!, 11)];
      return { y, text, start: end ? place - width : place, end: end ? place : place + width };
    });
    expect(boxes).toHaveLength(markers.length);
    for (const one of boxes) {
      expect([one.start >= 0, one.end <= 800]).toEqual([true, true]);
      expect(boxes.filter((other) => other !== one && other.y === one.y && other.start < one.end && one.start < other.end)).toEqual([]);
    }
  });

  test('is drawn across all panels', () => {
    expect(svgOf(report).match(/class="marker fault red"/g)).toHaveLength(FAULTS.length);
    expect(svgOf(report).match(/class="span red"/g)).toHaveLength(3);
  });
});

describe('of two runs in one chart', () => {
  const [one, other] = [faultyRun(), { ...faultyRun(), name: 'rehearsal' }];
  const late = one.outcome.events.map((event) => ({ ...event, atSeconds: event.atSeconds + 2 }));
  const report = { title: 'Both', runs: [{ ...other, outcome: { ...other.outcome, events: late } }, one] as [ReportedRun, ReportedRun] };

  test('an event of both is marked once, in grey', () => {
    const faults = markersOf(report).filter(({ kind }) => kind === 'fault');
    expect(faults.map(({ label, color }) => [label, color])).toEqual(FAULTS.map((fault) => [formatInjectedFault(fault, 1), 'grey']));
  });

  test('an event of one is marked in its color', () => {
    const alone = { ...report, runs: [report.runs[0], { ...one, outcome: { ...one.outcome, events: [] } }] as [ReportedRun, ReportedRun] };
    const faults = markersOf(alone).filter(({ kind }) => kind === 'fault');
    expect(faults.map(({ color }) => color)).toEqual(FAULTS.map(() => 'blue'));
  });

  test('the first is drawn broad below the second, so that both are seen where they agree', () => {
    const lines = [...svgOf(report).matchAll(/<path [^>]*class="line solid (\w+)"( style="stroke-width:4.5[^"]*")?\/>/g)];
    expect(lines.filter(([, color]) => color === 'blue').every(([, , style]) => style !== undefined)).toBe(true);
    expect(lines.filter(([, color]) => color === 'red').every(([, , style]) => style === undefined)).toBe(true);
    expect(svgOf({ title: 'One', runs: [one] })).not.toContain('stroke-width:4.5');
  });
});

test('a label near the right edge is to the left of its line', () => {
  const marker = { atSeconds: 1190, label: 'a deployment whose tasks fail', kind: 'fault', color: 'red' } as const;
  expect(drawMarkers([marker], frameOf(1200)).labels(0)).toContain('class="label end"');
});

test('eight faults in eight minutes and their effects all have labels', () => {
  const base = runOf('users 30 for 14m');
  const events = Array.from({ length: 8 }, (_, index) => [
    { atSeconds: 100 * index + 20, kind: 'fault' as const, description: '1 task was paused for 60 s' },
    { atSeconds: 100 * index + 70, kind: 'replacement-healthy' as const, description: 'a replacement became healthy' },
  ]).flat();
  const run = { ...base, outcome: { ...base.outcome, events } };
  expect(drawMarkers(markersOf({ title: 'Crowded', runs: [run] }), frameOf(840)).unlabelled).toBe(0);
});
