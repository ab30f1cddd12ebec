import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import {
  alignRight,
  join,
  joinFitting,
  mergeAdjacentSpans,
  pad,
  type StyledText,
  sanitize,
  styled,
  truncate,
  widthOf,
} from '../../../cli/live-view/styled-text';

const text = (line: StyledText): string => line.map((one) => one.text).join('');
const lines = fc
  .array(fc.string({ unit: 'grapheme' }), { maxLength: 6 })
  .map((texts) => texts.flatMap((one) => styled(sanitize(one, true))));

describe('a line', () => {
  test.each([
    ['abc', 3],
    ['━━╸', 3],
    ['日本', 4],
    ['👩‍👩‍👧', 2],
    ['é', 1],
  ])('%s takes %d cells', (word, width) => {
    expect(widthOf(styled(word))).toBe(width);
  });

  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdef', 5, 'abcd…'],
    ['abcdef', 1, '…'],
    ['abcdef', 0, ''],
    // half a letter cannot be shown.
    ['日本語', 4, '日…'],
    // nor half a number: it would be another one.
    ['low 5,400', 7, 'low …'],
    ['2 to 61', 7, '2 to 61'],
    ['of 31,200 sent', 9, 'of …'],
    ['of 31,200 sent', 11, 'of 31,200 …'],
    ['at 0:54', 6, 'at …'],
  ])('%s in %d cells is %s', (word, width, shown) => {
    expect(text(truncate(styled(word), width, '…'))).toBe(shown);
  });

  test('is never wider than its place, and always as wide where it is padded', () => {
    fc.assert(
      fc.property(lines, fc.nat(30), (line, width) => {
        expect(stringWidth(text(truncate(line, width, '…')))).toBeLessThanOrEqual(width);
        expect(stringWidth(text(pad(line, width, '…')))).toBe(width);
      }),
    );
  });

  test('is right-aligned, or longer than its place', () => {
    expect(text(alignRight(styled('12'), 4))).toBe('  12');
    expect(text(alignRight(styled('12345'), 4))).toBe('12345');
  });

  test('is joined with something between its parts, and without what is empty', () => {
    expect(text(join([styled('a'), [], styled(''), styled('b')], styled(', ')))).toBe('a, b');
  });

  test('consists of the parts that fit, always with the first', () => {
    const parts = [styled('4 desired'), styled('2 pending'), styled('2 to 6')];
    expect([30, 24, 20, 18, 5].map((width) => text(joinFitting(parts, width)))).toEqual([
      '4 desired, 2 pending, 2 to 6',
      '4 desired, 2 pending',
      '4 desired, 2 pending',
      '4 desired, 2 to 6',
      '4 desired',
    ]);
  });

  test('has one piece for neighbours of one tone', () => {
    expect(mergeAdjacentSpans([...styled('a', 'bad'), ...styled('b', 'bad'), ...styled('c')])).toEqual([
      ...styled('ab', 'bad'),
      ...styled('c'),
    ]);
  });
});

describe('a text from somewhere else', () => {
  test.each([
    ['\x1b[31mred\x1b[0m', 'red'],
    ['two\r\nlines\tand more', 'two lines and more'],
    // what is left of a sequence that is not known draws nothing but itself.
    ['\x1b]0;a title\x07left', ';a title left'],
    ['turned \u202eround', 'turned round'],
    ['\x9b2Jleft', 'left'],
    ['\x1bc\x85left', 'left'],
  ])('%j becomes %j', (written, shown) => {
    expect(sanitize(written, true).trim()).toBe(shown);
  });

  test('is ASCII where the terminal shows nothing else', () => {
    expect(sanitize('Größe', false)).toBe('Gr??e');
  });

  test('never holds what moves a cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (written, supportsUnicode) => {
        expect(sanitize(written, supportsUnicode)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
