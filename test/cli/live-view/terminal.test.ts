import { PassThrough } from 'node:stream';
import type { WriteStream } from 'node:tty';
import { describe, expect, test } from 'vitest';
import { changedLines, Screen } from '../../../cli/live-view/terminal';

describe('from one frame to the next', () => {
  test.each([
    ['nothing is written where nothing has changed', ['a', 'b'], ['a', 'b'], ''],
    ['a line that has changed is written at its place', ['a', 'b'], ['a', 'c'], '\x1b[2;1H\x1b[2Kc'],
    ['what is no longer there is erased', ['a', 'b'], ['a'], '\x1b[2;1H\x1b[2K'],
    ['what is new is written', [], ['a'], '\x1b[1;1H\x1b[2Ka'],
  ])('%s', (_, before, after, written) => {
    expect(changedLines(before, after)).toBe(written);
  });
});

describe('a screen', () => {
  function screenOn(output: PassThrough): Screen {
    return new Screen(output as unknown as WriteStream);
  }

  test('shows nothing before it is entered and after it is left', () => {
    const output = new PassThrough();
    const screen = screenOn(output);
    screen.show(['a']);
    screen.leave();
    expect(output.read()).toBeNull();
    screen.enter();
    screen.leave();
    output.read();
    screen.show(['a']);
    expect(output.read()).toBeNull();
  });

  test('redraws everything after it was left, or on request', () => {
    const output = new PassThrough();
    const screen = screenOn(output);
    screen.enter();
    screen.show(['same']);
    screen.leave();
    screen.enter();
    output.read();
    screen.show(['same']);
    expect(String(output.read())).toContain('same');
    screen.invalidate();
    screen.show(['same']);
    expect(String(output.read())).toContain('same');
  });

  test('waits for a terminal that cannot keep up, and then shows the newest frame whole', () => {
    const output = new PassThrough({ highWaterMark: 64 });
    const screen = screenOn(output);
    screen.enter();
    screen.show(['x'.repeat(200)]);
    expect(output.writableNeedDrain).toBe(true);
    screen.show(['dropped']);
    output.read();
    expect(output.writableNeedDrain).toBe(false);
    screen.show(['newest']);
    expect(String(output.read())).toMatch(/newest/);
  });
});
