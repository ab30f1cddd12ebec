import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { LiveDisplay } from '../../../cli/output/live-display';
import { type RunningRehearsal, rehearse } from '../../../rehearsal/rehearsal';
import { parseFault } from '../../../src/faults/fault-grammar';
import type { Scenario } from '../../../src/run/scenario';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { eventually } from '../../rehearsal/eventually';
import { HEALTHY, SPEED, scenarioOf, server } from '../../rehearsal/fleet/fleet-of';
import { processRuntimeOf } from '../../rehearsal/process-runtime-of';
import { ENTERED, LEFT } from '../live-view/terminal';

/** A terminal as wide as a page, and everything that was written to it. */
function terminal() {
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 120, rows: 40, hasColors: () => false });
  let written = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const keys = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => keys });
  return {
    input: keys as unknown as ReadStream,
    output: output as unknown as WriteStream,
    environment: { LANG: 'C.UTF-8' },
    keys,
    get written() {
      return written;
    },
    /** The words, whatever moves the cursor between them. */
    get text() {
      return stripVTControlCharacters(written);
    },
  };
}

/** A rehearsal of two tasks, and of an hour that no test waits for. */
async function show(changes: Partial<Scenario>, screen: ReturnType<typeof terminal>) {
  const scenario: Scenario = { ...scenarioOf(2), traffic: parseTraffic('rps 20 for 60m'), ...changes };
  const command = { program: process.execPath, arguments: ['-e', server(HEALTHY)], workingDirectory: __dirname, environment: {} };
  const runtime = await processRuntimeOf(command, scenario.plan.task);
  const display = new LiveDisplay(scenario, SPEED, screen);
  onTestFinished(() => display.close());
  let running: RunningRehearsal | undefined;
  const outcome = rehearse(
    { scenario, runtime, paths: ['/'], speed: SPEED, port: 0, interrupted: new Promise<never>(() => {}) },
    {
      onReady: (rehearsal) => {
        running = rehearsal;
        display.onReady(rehearsal);
      },
      onRow: (row) => display.onRow(row),
      onActivity: (activity) => display.onActivity(activity),
    },
  );
  onTestFinished(() => running?.end());
  return { display, outcome };
}

test('a rehearsal is shown as it goes on, takes faults by key, and ends by key', async () => {
  const screen = terminal();
  const { display, outcome } = await show({}, screen);
  await eventually(() => screen.text).toMatch(/2 healthy {2}2 desired/);
  expect(screen.written).toContain(ENTERED);
  // what was sent, served and used since the look before.
  await eventually(() => screen.text).toMatch(/\d\/s {2}\d+\/s required, [1-9]\d*\/s sent/);
  await eventually(() => screen.text).toMatch(/p95 [\d.]+ ms/);
  // a minute that is over.
  await eventually(() => screen.text).toMatch(/Served +█ /);
  screen.keys.write('p');
  await eventually(() => screen.text).toContain('requested: 1 task paused for 120 s');
  await eventually(() => screen.text).toContain(' 1 PAUSED ');
  await eventually(() => screen.text).toMatch(/[1-9]\d* waiting/);
  await eventually(() => screen.text).toContain('✗ 1 task was paused for 120 s');
  screen.keys.write('q');
  const { manualFaults } = await outcome;
  expect(manualFaults).toMatchObject([{ kind: 'pause-task', count: 1 }]);
  display.close();
  display.close();
  expect(screen.written.endsWith(LEFT)).toBe(true);
  expect(screen.written.split(LEFT)).toHaveLength(2);
});

test('what a scenario brings is shown: its faults while they last, and the steps of its scaling', async () => {
  const screen = terminal();
  const schedule = { faults: [parseFault('slow dependency by 20ms at 0s for 60m')] };
  const { outcome, display } = await show(schedule, screen);
  await eventually(() => screen.text).toContain(' SLOW DEPENDENCY ');
  display.onActivity({
    startSeconds: 1,
    statusCode: 'InProgress',
    origin: 'target-tracking',
    cause: 'a test',
    baseCapacity: 2,
    computedCapacity: 3,
    fromCapacity: 2,
    toCapacity: 3,
  });
  await eventually(() => screen.text).toMatch(/3 desired/);
  await eventually(() => screen.text).toContain('▲ 2 → 3');
  screen.keys.write('q');
  await outcome;
  display.close();
  expect(screen.written.endsWith(LEFT)).toBe(true);
});
