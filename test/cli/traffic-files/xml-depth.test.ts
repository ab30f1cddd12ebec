import { expect, test } from 'vitest';
import { isDeeperThan } from '../../../cli/traffic-files/xml-depth';

test.each([
  ['elements in each other', '<a><b><c></c></b></a>', 3],
  ['elements beside each other', '<a><b></b><b></b><b/></a>', 2],
  ['an element with an attribute', '<a><b c="d e"/></a>', 1],
  ['markup in comments and sections of text', '<a><!-- <b><b><b> --><![CDATA[<b><b><b>]]></a>', 1],
  ['attributes with markup in them', `<a><b c="d>e"/><b c='"<d>'/><b c="'>">f</b></a>`, 2],
  ['an instruction with markup and a quotation mark in it', `<?a b > "c ?><a></a>`, 1],
  ['a declaration and a kind of document', '<?xml version="1.0"?><!DOCTYPE a><a></a>', 1],
])('%s have a depth', (_, xml, depth) => {
  expect([isDeeperThan(depth - 1, xml), isDeeperThan(depth, xml)]).toEqual([true, false]);
});

test('megabytes of tags or comments that do not end take no time', () => {
  expect(isDeeperThan(1, '<a '.repeat(1_000_000))).toBe(false);
  expect(isDeeperThan(1, '<!--'.repeat(1_000_000))).toBe(false);
  expect(isDeeperThan(1, '<a b="'.repeat(1_000_000))).toBe(false);
});
