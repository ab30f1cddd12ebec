import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { element, escapeText, textElement } from '../../src/report/markup';
import { elementsOf } from './well-formed';

describe('a text', () => {
  test.each([
    ['a < b & c > "d"', 'a &lt; b &amp; c &gt; &quot;d&quot;'],
    ["it's", 'it&#39;s'],
    ['&amp;', '&amp;amp;'],
    ['bell \u0007, half \ud83d, whole 😀', 'bell \ufffd, half \ufffd, whole 😀'],
    ['tab\tand\nline', 'tab\tand\nline'],
  ])('%j is written as %j', (text, written) => {
    expect(escapeText(text)).toBe(written);
  });

  test('of any kind makes no element, as content or as attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(elementsOf(element('g', {}, textElement('text', { class: text }, text))).map(({ name }) => name)).toEqual(['g', 'text']);
      }),
    );
  });
});

test('an attribute without a value is left out', () => {
  expect(element('path', { d: 'M0,0', class: undefined, width: 0 })).toBe('<path d="M0,0" width="0"/>');
});

test('an element with empty content is closed by a tag of its own, as HTML wants it', () => {
  expect(textElement('td', {}, '')).toBe('<td></td>');
});
