import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';

/** What `npm run security-findings` has recorded, by the names of the scanners. */
type Recorded = Readonly<Record<string, { readonly version: string; readonly findings: readonly { readonly rule: string }[] }>>;

const recorded: Recorded = JSON.parse(readFileSync(`${ROOT}/test/docs/security-findings.json`, 'utf8'));
const [, section] = readFileSync(`${ROOT}/docs/security.md`, 'utf8').split('\n## Scanners\n');

/** The rows of a scanner in the page: rules, what they are about, and why the finding stays. */
function rowsOf(tool: string): string[][] {
  const [, rest] = section!.split(`\n### ${tool} `);
  const [table] = (rest ?? '').split(/\n##/);
  return [...table!.matchAll(/^\| (?!rule )(\w.*) \|$/gm)].map(([, row]) => row!.split(' | '));
}

describe.each(Object.entries(recorded))('docs/security.md has of %s', (tool, { version, findings }) => {
  const rows = rowsOf(tool);
  const rules = rows.flatMap(([names]) => names!.split(', '));

  test('the version that was recorded', () => {
    expect(section).toContain(`### ${tool} ${version}`);
  });

  test('each finding that stays, once', () => {
    expect(rules.sort()).toEqual(findings.map(({ rule }) => rule).sort());
  });

  test('the reason of each', () => {
    expect(rows.filter((row) => row.length !== 3 || row[2]!.length < 20)).toEqual([]);
  });
});

test.each(['checkov', 'trivy', 'kics', 'cfn-guard'])('%s has been recorded, with findings', (tool) => {
  expect(recorded[tool]?.findings.length).toBeGreaterThan(0);
});
