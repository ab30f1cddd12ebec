import { describe, expect, test } from 'vitest';
import { bandOver, forecastSeeds } from '../../../src/forecast/band';
import { sectionsOf, textOf } from '../../../src/report/text/text';
import { runOf } from '../runs';

const run = runOf('users 120 for 12m');

describe('the sections of a run', () => {
  test('leave out what it has nothing of', () => {
    expect(sectionsOf(run).map(({ heading }) => heading)).toEqual(['Plan', 'Traffic', 'Timeline (seed 1)', 'Scaling activities']);
  });

  test('hold faults, band, remarks and what was ignored, where there are any', () => {
    const scenario = { ...run.scenario, faults: [{ kind: 'stop-task', atSeconds: 90, count: 1 } as const] };
    const band = bandOver(forecastSeeds(run.scenario, 3));
    const sections = sectionsOf({ ...run, scenario, band, remarks: ['one remark'], ignored: ['one rule'] });
    const linesOf = (heading: string): readonly string[] | undefined => sections.find((section) => section.heading === heading)?.lines;
    expect(linesOf('Faults')).toEqual(['1:30  1 task stopped']);
    expect(linesOf('Ignored')).toEqual(['one rule']);
    expect(linesOf('Over 3 seeds')).toEqual(expect.arrayContaining([`most tasks       ${band.maxTasks.median}`]));
    expect(linesOf('Remarks')).toEqual(['one remark']);
  });
});

describe('a text', () => {
  test('is headed with its title, and indents what stands below a heading', () => {
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
