import { describe, expect, test } from 'vitest';
import { canShowLiveView, liveStyleOf, tooSmallInWords } from '../../../cli/live/live-style';

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
    // what a terminal says that nobody has told how large it is.
    [{ ...TERMINAL, columns: 0, rows: 0 }, {}, false],
  ])('on %j with %j: %s', (output, environment, isShown) => {
    expect(canShowLiveView(output, environment)).toBe(isShown);
  });
});

test('a terminal that is only too small is told what it takes, and no other', () => {
  const words = 'lines instead of a screen: the terminal must have at least 60 columns and 16 rows, got 40 and 10';
  const small = { isTTY: true, columns: 40, rows: 10 };
  expect(tooSmallInWords(small, {})).toBe(words);
  expect(tooSmallInWords(small, { TERM: 'dumb' })).toBeUndefined();
  expect(tooSmallInWords(small, { CI: 'true' })).toBeUndefined();
  expect(tooSmallInWords({ ...small, isTTY: false as never }, {})).toBeUndefined();
  expect(tooSmallInWords({ ...small, columns: 0, rows: 0 }, {})).toBeUndefined();
  expect(tooSmallInWords(TERMINAL, {})).toBeUndefined();
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
  ])('with %j: %s', (environment, isUnicode) => {
    expect(liveStyleOf({ hasColors: () => true }, environment)).toEqual({ hasColours: true, isUnicode });
  });
});

test('colours are for the terminal and the environment to say', () => {
  const environment = { NO_COLOR: '1' };
  const hasColors = (given: unknown): boolean => given !== environment;
  expect(liveStyleOf({ hasColors } as never, environment).hasColours).toBe(false);
});
