import { describe, expect, test } from 'vitest';
import { canShowLiveView, formatTooSmall, liveStyleOf } from '../../../cli/live-view/live-style';

const TERMINAL = { isTTY: true, columns: 80, rows: 24 };

describe('a live view is shown', () => {
  test.each([
    [TERMINAL, { TERM: 'xterm-256color' }, true],
    [TERMINAL, {}, true],
    [{ ...TERMINAL, isTTY: false as never }, {}, false],
    [TERMINAL, { TERM: 'dumb' }, false],
    [TERMINAL, { CI: 'true' }, false],
    [TERMINAL, { CI: 'false' }, true],
    [{ ...TERMINAL, columns: 59 }, {}, false],
    [{ ...TERMINAL, rows: 15 }, {}, false],
    // a terminal of unknown size.
    [{ ...TERMINAL, columns: 0, rows: 0 }, {}, false],
  ])('on %j with %j: %s', (output, environment, isShown) => {
    expect(canShowLiveView(output, environment)).toBe(isShown);
  });
});

test('only a terminal that is too small gets a message with the required size', () => {
  const words = 'lines instead of a screen: the terminal must have at least 60 columns and 16 rows, got 40 and 10';
  const small = { isTTY: true, columns: 40, rows: 10 };
  expect(formatTooSmall(small, {})).toBe(words);
  expect(formatTooSmall(small, { TERM: 'dumb' })).toBeUndefined();
  expect(formatTooSmall(small, { CI: 'true' })).toBeUndefined();
  expect(formatTooSmall({ ...small, isTTY: false as never }, {})).toBeUndefined();
  expect(formatTooSmall({ ...small, columns: 0, rows: 0 }, {})).toBeUndefined();
  expect(formatTooSmall(TERMINAL, {})).toBeUndefined();
});

describe('more than ASCII is drawn', () => {
  test.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'de_DE.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{}, false],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'C', LC_CTYPE: 'C.UTF-8' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, true],
    [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
    [{ WT_SESSION: '6e9d' }, true],
  ])('with %j: %s', (environment, supportsUnicode) => {
    expect(liveStyleOf({ hasColors: () => true }, environment)).toEqual({ hasColors: true, supportsUnicode });
  });
});

test('colors are for the terminal and the environment to say', () => {
  const environment = { NO_COLOR: '1' };
  const hasColors = (given: unknown): boolean => given !== environment;
  expect(liveStyleOf({ hasColors } as never, environment).hasColors).toBe(false);
});
