import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import type { NamedCheckResult } from '../../../cli/check/check-task';
import { summaryLine } from '../../../cli/output/check-text';
import { githubAnnotations } from '../../../cli/output/github-annotations';
import { junitXml } from '../../../cli/output/junit';

const RESULTS: readonly NamedCheckResult[] = [
  { name: 'listens on its port', status: 'ok', reason: '0.3 s after its start' },
  { name: 'responds to requests', status: 'warning', reason: 'GET /a?b&c responded 404', fix: 'give a --path' },
  { name: 'keeps idle connections open', status: 'failed', reason: 'closed after 5 s:\n"100 %" of them', fix: 'set <timeout>, 65 s' },
  { name: 'runs as a non-root user', status: 'skipped', reason: 'no Dockerfile' },
];

test('a summary is one line with the names of what failed', () => {
  expect(summaryLine('check of Shop', RESULTS)).toBe(
    'check of Shop: 1 ok, 1 warning (responds to requests), 1 failed (keeps idle connections open), 1 skipped',
  );
});

test('annotations of GitHub have failures and warnings, escaped', () => {
  expect(githubAnnotations('Shop', RESULTS)).toEqual([
    '::warning title=Shop responds to requests::GET /a?b&c responded 404 → give a --path',
    '::error title=Shop keeps idle connections open::closed after 5 s:%0A"100 %25" of them → set <timeout>, 65 s',
  ]);
});

function parsed(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', processEntities: true, htmlEntities: true }).parse(xml)
    .testsuites.testsuite;
}

test('JUnit XML has a test for each check', () => {
  const suite = parsed(junitXml('Shop', RESULTS));
  expect(suite).toMatchObject({ name: 'check Shop', tests: '4', failures: '1', skipped: '1' });
  expect(suite.testcase[1]).toMatchObject({ name: 'responds to requests', 'system-out': expect.stringMatching(/^warning: GET \/a\?b&c/) });
  expect(suite.testcase[2].failure).toMatchObject({ message: 'closed after 5 s:\n"100 %" of them' });
  expect(suite.testcase[3].skipped).toMatchObject({ message: 'no Dockerfile' });
});

test('any output of a program is valid JUnit XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (reason) => {
      expect(XMLValidator.validate(junitXml('Shop', [{ name: 'a', status: 'failed', reason }]))).toBe(true);
    }),
  );
});
