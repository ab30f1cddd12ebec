import { describe, expect, test } from 'vitest';
import { svgOf } from '../../src/report/svg';
import { cpuTarget, requestTarget, searchPlan } from '../search-plan';
import { runOf } from './runs';
import { elementsOf } from './well-formed';

const SPIKE = 'users 30 for 10m, users 120 think 2ms for 20m';

/** The texts of a drawing. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text!.replace(/<tspan[^>]*>/, ' | ').replace('</tspan>', ''));
}

describe('a chart', () => {
  const svg = svgOf({ title: 'Shop', runs: [runOf(SPIKE)] });

  test('has a title and a description for screen readers', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*><title>Shop<\/title><desc>2 tasks become 3 at .*?<\/desc>/);
  });

  test('has a panel for each signal, with its unit', () => {
    const headings = textsOf(svg).filter((text) => text.includes(' | '));
    expect(headings.map((text) => text.split(' | ')[0])).toEqual(['Users', 'Traffic', 'Tasks', 'CPU', 'Latency']);
  });

  test('marks scaling activities, targets and bounds', () => {
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['2 → 3', 'target 70', 'scale-in below 63', 'maxCapacity 4', 'time in minutes:seconds']),
    );
  });

  test('loads nothing and runs nothing', () => {
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/http|<script|<image|url\(|@import|href/);
  });

  test('is dark where the reader wants it', () => {
    expect(svg).toContain('@media(prefers-color-scheme:dark)');
  });

  test('is the same, byte for byte, when it is drawn again', () => {
    expect(svgOf({ title: 'Shop', runs: [runOf(SPIKE)] })).toBe(svg);
  });
});

test.each([
  ['one minute', 'users 30 for 1m', searchPlan(2, 4, [cpuTarget(70)])],
  ['one second', 'users 30 for 1s', searchPlan(2, 4, [cpuTarget(70)])],
  ['no traffic', 'users 0 for 20m', searchPlan(2, 4, [cpuTarget(70)])],
  ['an overload that fails', 'rps 400 for 5m, rps 9000 for 20m', searchPlan(1, 3, [cpuTarget(60)])],
  ['a request target far too low', 'rps 375 for 3m, rps 0 for 1h', searchPlan(2, 6, [requestTarget(50), cpuTarget(70)])],
  ['a day of ups and downs', new Array(12).fill('rps 200..4000 for 1h, rps 4000..200 for 1h').join(), searchPlan(2, 10, [cpuTarget(50)])],
])('%s is drawn within the drawing, without NaN', (_, traffic, plan) => {
  const svg = svgOf({ title: 'Shop', runs: [runOf(traffic, plan)] });
  const elements = elementsOf(svg.replace(/<style>.*?<\/style>/, ''));
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  const places = elements.flatMap(({ attributes }) => Number(attributes.get('x') ?? 0));
  expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...places)).toBeLessThanOrEqual(800);
});

test('failures have a panel only where there are any', () => {
  const failing = svgOf({ title: 'Shop', runs: [runOf('rps 9000 for 10m')] });
  expect([failing, svgOf({ title: 'Shop', runs: [runOf(SPIKE)] })].map((svg) => svg.includes('>Failures<'))).toEqual([true, false]);
});

test('a month is drawn in less than 200 kB, its hundreds of steps without labels', () => {
  const day = 'rps 300 for 8h, rps 3000 for 8h, rps 300 for 8h';
  const svg = svgOf({ title: 'Month', runs: [runOf(new Array(30).fill(day).join(), searchPlan(2, 10, [cpuTarget(50)]))] });
  expect(svg.length).toBeLessThan(200_000);
  expect(svg).toMatch(/no room for the labels of \d+ markers/);
});

test('two plans are laid over each other, each by its name and with its own target', () => {
  const runs = [
    runOf(SPIKE, searchPlan(2, 4, [cpuTarget(70)]), 'CPU 70 %'),
    runOf(SPIKE, searchPlan(2, 6, [cpuTarget(50)]), 'CPU 50 % <b>'),
  ] as const;
  const svg = svgOf({ title: 'Two', runs: [...runs] });
  expect(textsOf(svg)).toEqual(expect.arrayContaining(['CPU 70 %: served', 'CPU 50 % &lt;b&gt;: served', 'target 70', 'target 50']));
  expect(elementsOf(svg.replace(/<style>.*?<\/style>/, '')).length).toBeGreaterThan(50);
});
