import { describe, expect, test } from 'vitest';
import { drawMarkers } from '../../src/report/chart/draw-markers';
import { frameOf } from '../../src/report/chart/frame';
import { textWidth } from '../../src/report/chart/text-width';
import { markersOf } from '../../src/report/markers';
import type { ReportedRun } from '../../src/report/report';
import { svgOf } from '../../src/report/svg';
import { faultAsDone } from '../../src/scenario/fault';
import { parseFault } from '../../src/scenario/parse-fault';
import { runOf } from './runs';

const FAULTS = [
  'stop 1 at 6m',
  'freeze 1 at 12m for 3m',
  'slow 1 to 50% at 13m for 4m',
  'lose zone at 14m for 4m',
  'bad deploy at 19m',
].map(parseFault);

/** A run under whose faults events were written down. */
function faultyRun(): ReportedRun {
  const run = runOf('users 30 for 10m, users 120 think 2ms for 10m');
  const events = FAULTS.map((fault) => ({
    atSeconds: fault.atSeconds,
    kind: 'fault' as const,
    description: faultAsDone(fault, 1),
    ...('durationSeconds' in fault ? { durationSeconds: fault.durationSeconds } : {}),
  }));
  return { ...run, scenario: { ...run.scenario, faults: FAULTS }, outcome: { ...run.outcome, events } };
}

describe('what is marked', () => {
  const report = { title: 'Shop', runs: [faultyRun()] as [ReportedRun] };
  const markers = markersOf(report);

  test('are the steps of scaling and what befell the tasks, each for as long as it lasts', () => {
    expect(markers.filter(({ kind }) => kind === 'scale-out').map(({ label }) => label)).toEqual(['2 → 3']);
    expect(markers.filter(({ kind }) => kind === 'fault').map(({ atSeconds, untilSeconds }) => [atSeconds, untilSeconds])).toEqual([
      [360, undefined],
      [720, 900],
      [780, 1020],
      [840, 1080],
      [1140, undefined],
    ]);
  });

  test('has labels that do not overlap and stay on the paper', () => {
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

describe('of two runs laid over each other', () => {
  const [one, other] = [faultyRun(), { ...faultyRun(), name: 'rehearsal' }];
  const late = one.outcome.events.map((event) => ({ ...event, atSeconds: event.atSeconds + 2 }));
  const report = { title: 'Both', runs: [{ ...other, outcome: { ...other.outcome, events: late } }, one] as [ReportedRun, ReportedRun] };

  test('what befell both is marked once, in the colour of neither', () => {
    const faults = markersOf(report).filter(({ kind }) => kind === 'fault');
    expect(faults.map(({ label, colour }) => [label, colour])).toEqual(FAULTS.map((fault) => [faultAsDone(fault, 1), 'grey']));
  });

  test('what befell one is marked in its colour', () => {
    const alone = { ...report, runs: [report.runs[0], { ...one, outcome: { ...one.outcome, events: [] } }] as [ReportedRun, ReportedRun] };
    const faults = markersOf(alone).filter(({ kind }) => kind === 'fault');
    expect(faults.map(({ colour }) => colour)).toEqual(FAULTS.map(() => 'blue'));
  });

  test('the first is drawn broad below the second, so that both are seen where they agree', () => {
    const lines = [...svgOf(report).matchAll(/<path [^>]*class="line solid (\w+)"( style="stroke-width:4.5[^"]*")?\/>/g)];
    expect(lines.filter(([, colour]) => colour === 'blue').every(([, , style]) => style !== undefined)).toBe(true);
    expect(lines.filter(([, colour]) => colour === 'red').every(([, , style]) => style === undefined)).toBe(true);
    expect(svgOf({ title: 'One', runs: [one] })).not.toContain('stroke-width:4.5');
  });
});

test('a label near the end of the drawing stands to the left of its line', () => {
  const marker = { atSeconds: 1190, label: 'a deployment whose tasks fail', kind: 'fault', colour: 'red' } as const;
  expect(drawMarkers([marker], frameOf(1200)).labels(0)).toContain('class="label end"');
});

test('eight faults in as many minutes, and what comes of each, all have room for their labels', () => {
  const base = runOf('users 30 for 14m');
  const events = Array.from({ length: 8 }, (_, index) => [
    { atSeconds: 100 * index + 20, kind: 'fault' as const, description: '1 task was frozen for 60 s' },
    { atSeconds: 100 * index + 70, kind: 'replacement-healthy' as const, description: 'a replacement became healthy' },
  ]).flat();
  const run = { ...base, outcome: { ...base.outcome, events } };
  expect(drawMarkers(markersOf({ title: 'Crowded', runs: [run] }), frameOf(840)).unlabelled).toBe(0);
});
