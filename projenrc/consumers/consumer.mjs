// Writes the same service in TypeScript and in one other language, each with the package as a project there would install it, and
// compares what comes of them: the template, with the hashes of its assets, and a forecast.
import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workplace } from './workplace.mjs';

const STACK = 'Shop';
const RESULTS = [`${STACK}.template.json`, `${STACK}.assets.json`, 'forecast.json'];

const [language] = process.argv.slice(2);
const { needs, missingFrom, cdkVersion, writeService } = await import(`./${language}.mjs`);
const isMissing = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error?.code === 'ENOENT';

const folder = mkdtempSync(join(tmpdir(), `consumer-${language}-`));
try {
  const started = performance.now();
  const missing = needs.find(isMissing) ?? missingFrom?.(Workplace.cdkVersion);
  if (missing) {
    console.log(`skipped: a consumer in ${language}: ${missing} is missing`);
  } else {
    await compare();
    const beside = `beside version ${cdkVersionOf()} of the CDK`;
    console.log(`a consumer in ${language}: template, assets and forecast as from TypeScript, ${beside}, in ${seconds(started)} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare() {
  const typescript = await import('./typescript.mjs');
  const expected = resultsOf('typescript', typescript.writeService);
  const found = resultsOf(language, writeService);
  for (const [index, file] of RESULTS.entries()) deepStrictEqual(found[index], expected[index], `${file} differs`);
}

function resultsOf(name, write) {
  const workplace = workplaceOf(name);
  write(workplace);
  return RESULTS.map((file) => JSON.parse(readFileSync(join(workplace.output, file), 'utf8')));
}

function workplaceOf(name) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  return new Workplace(name, place, cdkVersionOf());
}

/** A registry of a language need not have every version: both sides are then written with one that it has. */
function cdkVersionOf() {
  return cdkVersion?.(Workplace.cdkVersion) ?? Workplace.cdkVersion;
}

function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(0);
}
