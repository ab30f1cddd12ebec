import { describe, expect, test } from 'vitest';
import { bandLines, sectionsOf, textOf } from '../../../src/report/text/report-text';
import { bandOver, forecastSeeds } from '../../../src/simulation/band';
import { runOf } from '../runs';

const run = runOf('users 120 for 12m');

describe('the sections of a run', () => {
  test('leave out empty ones', () => {
    expect(sectionsOf(run).map(({ heading }) => heading)).toEqual(['Plan', 'Traffic', 'Timeline (seed 1)', 'Scaling activities']);
  });

  test('contain faults, band, remarks and ignored rules, if there are any', () => {
    const scenario = { ...run.scenario, faults: [{ kind: 'stop-task', atSeconds: 90, count: 1 } as const] };
    const band = bandOver(forecastSeeds(run.scenario, 3));
    const sections = sectionsOf({ ...run, scenario, band, remarks: ['one remark'], ignored: ['one rule'] });
    const linesOf = (heading: string): readonly string[] | undefined => sections.find((section) => section.heading === heading)?.lines;
    expect(linesOf('Timeline (seed 1, typical of 3 seeds)')).toBeDefined();
    expect(linesOf('Faults')).toEqual(['1:30  1 task stopped']);
    expect(linesOf('Ignored')).toEqual(['one rule']);
    expect(linesOf('Over 3 seeds')).toEqual(expect.arrayContaining([expect.stringMatching(`^maximum tasks    ${band.maxTasks.median}`)]));
    expect(linesOf('Remarks')).toEqual(['one remark']);
  });
});

describe('a text', () => {
  test('starts with its title, and indents the lines below a heading', () => {
    const lines = textOf({ title: 'A spike', runs: [run] }).split('\n');
    expect(lines[0]).toMatch(/^A spike: ./);
    expect(lines).toContain('Scaling activities');
    expect(lines.find((line) => line.includes('desired count to 3'))).toMatch(/^ {2}\d/);
  });

  test('of several runs names each of them', () => {
    const text = textOf({ title: 'Two', runs: [run, { ...run, name: 'rehearsal' }] });
    expect(text).toMatch(/^forecast: /);
    expect(text).toMatch(/\n\nrehearsal: /);
  });
});

describe('the time of the first scale-out over many seeds', () => {
  const band = bandOver(forecastSeeds(run.scenario, 3));
  const scaledOut = { low: 240, median: 270, high: 300, max: 300, seeds: 3 };
  const firstLine = (firstScaleOutSeconds: typeof band.firstScaleOutSeconds): string => bandLines({ ...band, firstScaleOutSeconds })[0]!;

  test.each([
    ['all seeds', scaledOut, 'first scale-out  4:30, in 90 of 100 from 4:00 to 5:00'],
    ['some', { ...scaledOut, seeds: 2 }, 'first scale-out  only with 2 of 3 seeds: 4:30, 90 % of them from 4:00 to 5:00'],
    ['one', { low: 240, median: 240, high: 240, max: 240, seeds: 1 }, 'first scale-out  only with 1 of 3 seeds: 4:00'],
    ['none', undefined, 'first scale-out  never'],
  ])('is that of the seeds that scaled out: %s', (_, first, line) => {
    expect(firstLine(first)).toBe(line);
  });
});
