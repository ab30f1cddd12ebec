// What security scanners find in the templates of all variants of the construct. Each scanner that is installed runs; the others keep what was
// recorded of them. Writes test/docs/security-findings.json, and prints which rows docs/security.md lacks.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as cdk from 'aws-cdk-lib';
import * as ours from '../../src';
import { variantsApp } from '../../test/variants/service-variants';
import { type RecordedFindings, recordOf } from './recorded-findings';
import { SCANNERS } from './scanners';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RECORD = join(ROOT, 'test/docs/security-findings.json');

const folder = mkdtempSync(join(tmpdir(), 'security-findings-'));
try {
  const { app } = variantsApp(folder, { cdk, ours }, { 'aws:cdk:disable-asset-staging': true });
  const { directory } = app.synth();
  // some scanners read every file of a folder.
  for (const file of readdirSync(directory)) if (!file.endsWith('.template.json')) rmSync(join(directory, file), { recursive: true });
  const types = new Map(readdirSync(directory).flatMap((file) => typesIn(join(directory, file))));
  const recorded: Record<string, RecordedFindings> = { ...JSON.parse(readFileSync(RECORD, 'utf8')) };
  for (const { tool, version, scan } of SCANNERS) {
    const installed = version();
    if (installed === undefined) {
      console.log(`skipped: ${tool}: it is not installed`);
      continue;
    }
    recorded[tool] = { version: installed, findings: recordOf(scan(directory), types) };
    console.log(`${tool} ${installed}: ${recorded[tool].findings.length} rules`);
  }
  writeFileSync(RECORD, `${JSON.stringify(recorded, undefined, 2)}\n`);
  printMissingRows(recorded);
} finally {
  rmSync(folder, { recursive: true });
}

function typesIn(file: string): [string, string][] {
  const { Resources: resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
  return Object.entries(resources).map(([id, { Type }]) => [id, Type]);
}

function printMissingRows(recorded: Record<string, RecordedFindings>): void {
  const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
  for (const [tool, { findings }] of Object.entries(recorded)) {
    const missing = findings.filter(({ rule }) => !page.includes(rule));
    for (const { rule, title, types } of missing) console.log(`| ${rule} | ${title} | ${types} | |`, `(${tool})`);
  }
}
