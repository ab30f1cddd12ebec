import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { anchorsOf, brokenLinks, linksOf, markdownFiles } from './markdown-links';

const ROOT = join(__dirname, '..', '..');
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'llms.txt'].map((name) => join(ROOT, name));

describe('every relative link and anchor leads somewhere in', () => {
  test.each([...PAGES, ...markdownFiles(join(ROOT, 'docs'))].map((path) => [path.slice(ROOT.length + 1), path]))('%s', (_, path) => {
    expect(brokenLinks(path, ROOT)).toEqual([]);
  });
});

describe('a link', () => {
  test.each<[string, string[]]>([
    ['[a](b.md) and [c](d/e.md#f)', ['b.md', 'd/e.md#f']],
    ['![a chart](chart.svg)', ['chart.svg']],
    ['<img src="chart.svg">', ['chart.svg']],
    ['[a](https://example.com) [b](mailto:a@example.com)', []],
    ['```md\n[a](b.md)\n```', []],
    ['`[a](b.md)`', []],
  ])('is found in %j', (markdown, links) => {
    expect(linksOf(markdown)).toEqual(links);
  });
});

test.each<[string, string[]]>([
  ['# A title', ['a-title']],
  ['## Defaults\n## Defaults', ['defaults', 'defaults-1']],
  ['## `--set` and `--fault`', ['--set-and---fault']],
  ['## What it costs, in $', ['what-it-costs-in-']],
  ['<a id="named"></a>', ['named']],
  ['```sh\n# no heading\n```', []],
])('the anchors of %j are those of GitHub', (markdown, anchors) => {
  expect([...anchorsOf(markdown)]).toEqual(anchors);
});

describe('a broken link is reported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['[a](missing.md)', 'page.md: missing.md leads to no file'],
    ['# One\n[a](#two)', 'page.md: #two leads to no heading'],
  ])('%j', (markdown, report) => {
    writeFileSync(join(folder, 'page.md'), markdown);
    expect(brokenLinks(join(folder, 'page.md'), folder)).toEqual([report]);
  });
});
