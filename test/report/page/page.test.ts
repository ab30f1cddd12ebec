import { describe, expect, test } from 'vitest';
import { htmlOf } from '../../../src/report/page/page';
import { bandOver, forecastSeeds } from '../../../src/simulation/band';
import { cpuTarget, searchPlan } from '../../search-plan';
import { runOf } from '../runs';
import { elementsOf } from '../well-formed';

const SPIKE = 'users 30 for 10m, users 120 think 2ms for 20m';

/** The page without what is not markup. */
function markupOf(html: string): string {
  return html.replaceAll(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
}

describe('a page', () => {
  const run = runOf(SPIKE);
  const remarks = ['set "requestsPerSecondPerTask" to <94>'];
  const html = htmlOf({ title: 'Shop & more', runs: [{ ...run, remarks, band: bandOver(forecastSeeds(run.scenario, 5)) }] });

  test('is well-formed and escapes every text', () => {
    expect(elementsOf(markupOf(html)).map(({ name }) => name)).toEqual(expect.arrayContaining(['svg', 'table', 'details', 'dl']));
    expect(html).toContain('<li>set &quot;requestsPerSecondPerTask&quot; to &lt;94&gt;</li>');
    expect(html).toContain('<h1>Shop &amp; more</h1>');
  });

  test('loads nothing', () => {
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<link|<img|src=|url\(|@import/);
  });

  test.each(['Remarks', 'Scaling', 'Uncertainty', 'Plan and workload', 'Timeline'])('has a section %s', (heading) => {
    expect(html).toMatch(new RegExp(`<(h2|summary)>${heading}`));
  });

  test('contains the values for its script, as JSON that cannot end the script element', () => {
    const [, json] = /<script id="values" type="application\/json">(.*?)<\/script>/.exec(html)!;
    const { end, series } = JSON.parse(json!);
    expect(end).toBe(1800);
    expect(series.map(([name]: [string]) => name)).toEqual(expect.arrayContaining(['CPU', 'Tasks, desired', 'Latency, p95']));
  });

  test('contains a script that runs', () => {
    const script = html.slice(html.lastIndexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
    expect(() => new Function(script)).not.toThrow();
  });
});

test('two runs are compared in numbers', () => {
  const runs = [
    runOf(SPIKE, searchPlan(2, 4, [cpuTarget(70)]), 'CPU 70 %'),
    runOf(SPIKE, searchPlan(2, 6, [cpuTarget(40)]), 'CPU 40 %'),
  ] as const;
  const html = htmlOf({ title: 'Two', runs: [...runs] });
  const [before, after] = runs.map(({ outcome }) => outcome.totals.maxTasks) as [number, number];
  expect(html).toContain(`<th scope="row">maximum tasks</th><td>${before}</td><td>${after}</td><td>+${after - before} (+`);
});

describe('a rehearsal and its forecast', () => {
  const run = runOf(SPIKE);
  const { outcome } = run;
  // at 20 times the speed, a twentieth of the requests is sent.
  const totals = { ...outcome.totals, requests: Math.round(outcome.totals.requests / 20) };
  const rehearsal = { ...run, name: 'rehearsal', speed: 20, outcome: { ...outcome, kind: 'rehearsal' as const, totals } };
  const html = htmlOf({ title: 'Both', runs: [rehearsal, run] });

  test('share the plan and workload', () => {
    expect(html.match(/<h2>[^<]*Plan and workload<\/h2>/g)).toEqual(['<h2>Plan and workload</h2>']);
    const other = runOf(SPIKE, searchPlan(2, 6, [cpuTarget(40)]), 'other');
    expect(htmlOf({ title: 'Two', runs: [run, other] })).toContain('<h2>other: Plan and workload</h2>');
  });

  test('are compared by when they scale, and to which count', () => {
    expect(html).toMatch(/<th scope="row">first scale-out at<\/th><td>(\d+:\d\d)<\/td><td>\1<\/td><td>none<\/td>/);
    expect(html).toMatch(/<th scope="row">max CPU in a minute<\/th><td>[\d.]+ %<\/td>/);
    expect(html).toMatch(/Desired counts: rehearsal 2 → [^;]+; forecast 2 → /);
  });

  test('have different numbers of requests, which the page states', () => {
    expect(html).toContain(
      'A rehearsal with real tasks on one machine, 20 times as fast: requests keep their pace, so that about 1 of 20 was sent',
    );
  });
});

describe('a page of a run that did not scale', () => {
  const run = runOf('users 30 for 10m');
  const over = {
    ...run,
    outcome: { ...run.outcome, totals: { ...run.outcome.totals, secondsOverTarget: 120, timeToRecoverSeconds: 120 } },
  };
  const [quiet, surged] = [run, over].map((one) => htmlOf({ title: 'Quiet', runs: [one] }));

  test('has no figures of scaling', () => {
    expect(quiet).not.toMatch(/<dt>(time over target|time to recover|time at maxCapacity)</);
    expect(quiet).toContain('Nothing scaled: no metric was over its target.');
    expect(surged).not.toContain('<dt>time to recover<');
  });

  test('shows the time over target', () => {
    expect(surged).toContain('<dt>time over target</dt><dd class="figure">2:00</dd>');
    expect(surged).toContain('Nothing scaled: a metric was over its target for 2:00 in total, but not for long enough.');
  });
});

test('a page lists all events, including those without a label in the chart', () => {
  const run = runOf('users 30 for 10m');
  const events = [{ atSeconds: 90, kind: 'fault' as const, description: '2 tasks were killed', tasks: [1, 2] }];
  expect(htmlOf({ title: 'Killed', runs: [{ ...run, outcome: { ...run.outcome, events } }] })).toContain(
    '<h2>Events</h2><pre>1:30  2 tasks were killed (tasks 1 and 2)</pre>',
  );
});

test('the timeline of a month is reduced to its significant rows', () => {
  const html = htmlOf({ title: 'Month', runs: [runOf(new Array(30).fill('rps 300 for 12h, rps 900 for 12h').join())] });
  expect(html.length).toBeLessThan(1_000_000);
  expect(html).toMatch(/<summary>Timeline, every 60th row, and every row with failed requests/);
});

test('the band of the first scale-out says how many of the seeds scaled out', () => {
  const run = runOf('users 120 for 12m');
  const band = {
    ...bandOver(forecastSeeds(run.scenario, 3)),
    firstScaleOutSeconds: { low: 240, median: 270, high: 300, max: 300, seeds: 2 },
  };
  const html = htmlOf({ title: 'Some', runs: [{ ...run, band }] });
  expect(html).toContain('<th scope="row">first scale-out, only with 2 of 3 seeds</th><td>4:00</td><td>4:30</td><td>5:00</td>');
  expect(html).toContain('<th scope="row">first scale-in</th><td>never</td>');
});
