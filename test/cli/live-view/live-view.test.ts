import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { afterEach, describe, expect, test } from 'vitest';
import { LiveView } from '../../../cli/live-view/live-view';
import { eventually } from '../../rehearsal/eventually';
import { liveState } from './states';
import { canOpenTerminals, ENTERED, LEFT, Terminal } from './terminal';

const hasTerminals = canOpenTerminals();

test.runIf(!hasTerminals)('is not tried in a terminal here: there is no `script` of util-linux', () => {
  expect(hasTerminals).toBe(false);
});

describe('where no keys can be read', () => {
  /** A terminal to write to, which is what this needs of one. */
  function output(): PassThrough & WriteStream {
    return Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24, hasColors: () => false }) as unknown as PassThrough &
      WriteStream;
  }

  test('the rehearsal is shown without a line of keys, and the screen given back once', () => {
    const [screen, input] = [output(), new PassThrough() as unknown as ReadStream];
    const listenersBefore = process.listenerCount('SIGTERM');
    const view = LiveView.start({ input, output: screen, environment: { LANG: 'C.UTF-8' }, onFault: () => {}, onQuit: () => {} });
    view.update(liveState());
    view.close();
    view.close();
    const written = String(screen.read());
    expect(written).toContain('STEADY');
    expect(written).not.toContain('quit');
    expect(written.split(LEFT)).toHaveLength(2);
    expect(written.endsWith(LEFT)).toBe(true);
    expect(process.listenerCount('SIGTERM')).toBe(listenersBefore);
    expect(screen.listenerCount('resize')).toBe(0);
  });

  test('what comes faster than it can be seen is left out, and the last state is shown', async () => {
    const screen = output();
    const view = LiveView.start({ input: new PassThrough() as unknown as ReadStream, output: screen, environment: {}, onQuit: () => {} });
    let written = '';
    screen.on('data', (chunk: Buffer) => {
      written += String(chunk);
    });
    for (let seed = 1; seed <= 50; seed++) view.update(liveState({ seed }));
    await eventually(() => written).toContain('seed 50');
    view.close();
    expect(written.match(/seed \d+/g)).toEqual(['seed 1', 'seed 50']);
  });

  test('a terminal that changes its size is drawn on at its new size', () => {
    const screen = output();
    const view = LiveView.start({ input: new PassThrough() as unknown as ReadStream, output: screen, environment: {}, onQuit: () => {} });
    view.update(liveState());
    screen.read();
    Object.assign(screen, { columns: 120, rows: 40 });
    screen.emit('resize');
    expect(String(screen.read())).toContain('\x1b[40;1H');
    view.close();
  });
});

describe.runIf(hasTerminals)('in a terminal', () => {
  let terminal: Terminal;
  afterEach(() => terminal.remove());

  async function open(ending?: string): Promise<void> {
    terminal = new Terminal(ending);
    await terminal.shows(ENTERED);
  }

  /** The screen, the cursor, the line breaks and the keys are as they were. */
  function expectGivenBack(): void {
    expect(terminal.screen.lastIndexOf(LEFT)).toBeGreaterThan(terminal.screen.lastIndexOf(ENTERED));
    expect(terminal.screen).toMatch(/\sicanon\s/);
    expect(terminal.screen).toMatch(/\secho\s/);
  }

  test('shows the rehearsal beside what was there, and gives the terminal back when it is quit', async () => {
    await open();
    await terminal.shows('STEADY');
    terminal.press('q');
    await terminal.ended();
    expect(terminal.received).toEqual(['quit']);
    expect(terminal.screen).toContain('exit code 0');
    expectGivenBack();
  });

  test('is interrupted by Ctrl-C, which is no wish to quit', async () => {
    await open();
    await terminal.shows('STEADY');
    terminal.press('\x03');
    await terminal.ended();
    expect(terminal.received).toEqual([]);
    expect(terminal.screen).toContain('exit code 130');
    expectGivenBack();
  });

  test('leaves Ctrl-C to who listens for SIGINT, and a second one is the terminal’s own', async () => {
    await open('interrupted');
    await terminal.shows('STEADY');
    terminal.press('\x03');
    await eventually(() => terminal.received).toEqual(['SIGINT']);
    terminal.press('\x03');
    await terminal.ended();
    expect(terminal.received).toEqual(['SIGINT']);
    expect(terminal.screen).not.toContain('exit code 0');
    expectGivenBack();
  });

  test.each([
    ['exit', 'exit code 3'],
    ['throw', 'thrown while the view is open'],
  ])('gives the terminal back when the process ends by %s', async (ending, words) => {
    await open(ending);
    await terminal.ended();
    // after the screen that was beside it: it is there to be read.
    expect(terminal.screen.slice(terminal.screen.lastIndexOf(LEFT))).toContain(words);
    expectGivenBack();
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('restores the terminal when %s has no listener', async (signal) => {
    await open();
    await terminal.shows('STEADY');
    process.kill(await terminal.processId(), signal);
    await terminal.ended();
    expectGivenBack();
  });

  test('gives the terminal back at the first signal, and leaves the rest to who listens for it', async () => {
    await open('listen');
    await terminal.shows('STEADY');
    process.kill(await terminal.processId(), 'SIGTERM');
    await terminal.ended();
    expect(terminal.received).toEqual(['SIGTERM']);
    expect(terminal.screen).toContain('exit code 0');
    expectGivenBack();
  });

  test('is not suspended by Ctrl-Z, and says so', async () => {
    await open();
    await terminal.shows('STEADY');
    terminal.press('\x1a');
    await terminal.shows('Ctrl-Z does nothing here');
    terminal.press('q');
    await terminal.ended();
    expect(terminal.screen.split(ENTERED)).toHaveLength(2);
    expect(terminal.received).toEqual(['quit']);
  });

  test('gives the terminal back while it is suspended by another process, and draws everything again afterwards', async () => {
    await open();
    await terminal.shows('STEADY');
    await terminal.stopBy('SIGTSTP');
    await terminal.shows(LEFT);
    expect(await terminal.settings()).toMatch(/\sicanon\s/);
    await terminal.goOn();
    await eventually(() => terminal.screen.split(ENTERED)[2]).toContain('STEADY');
    terminal.press('q');
    await terminal.ended();
    expect(terminal.received).toEqual(['quit']);
    expectGivenBack();
  });

  test('draws everything again, and takes keys again, after a SIGSTOP', async () => {
    await open();
    await terminal.shows('STEADY');
    await terminal.stopBy('SIGSTOP');
    expect(await terminal.settings('sane')).toMatch(/\sicanon\s/);
    await terminal.goOn();
    await eventually(() => terminal.screen.split(ENTERED)[2]).toContain('STEADY');
    terminal.press('q');
    await terminal.ended();
    expect(terminal.received).toEqual(['quit']);
    expectGivenBack();
  });

  test('passes on a fault as soon as its key is pressed, and shows it', async () => {
    await open();
    await terminal.shows('STEADY');
    terminal.press('k');
    await eventually(() => terminal.received).toEqual(['{"kind":"kill-task","atSeconds":630,"count":1}']);
    await terminal.shows('requested: 1 task killed');
    terminal.press('?');
    await terminal.shows('zone lost for 600 s');
    terminal.press('q');
    await terminal.ended();
    expectGivenBack();
  });
});
