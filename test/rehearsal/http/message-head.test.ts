import { expect, test } from 'vitest';
import { HeaderNames } from '../../../rehearsal/http/message-head';

test.each(['_session', '^mark', 'x-hop', '1st', '~tilde', '`quote'])('a set of header names has %s in any case', (name) => {
  const names = new HeaderNames(['host', name]);
  expect(names.has(name)).toBe(true);
  expect(names.has(name.toUpperCase())).toBe(true);
  expect(names.has(`${name.slice(0, -1)}#`)).toBe(false);
});

test('a set of header names does not mix up characters that differ in one bit', () => {
  const names = new HeaderNames(['_a', '^b']);
  expect(['\u007fa', '~b', '_b'].map((name) => names.has(name))).toEqual([false, false, false]);
});
