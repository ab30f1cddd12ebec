// Writes the same service in TypeScript and in other languages, each with the package as a project there would install it, and compares what
// comes of them: the template, with the hashes of its assets, and a forecast. What TypeScript writes is written once for each CDK.
import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as typescript from './typescript.mjs';
import { Workplace } from './workplace.mjs';

const STACK = 'Shop';
const RESULTS = [`${STACK}.template.json`, `${STACK}.assets.json`, 'forecast.json'];

const isMissing = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error?.code === 'ENOENT';

const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
const expected = new Map();
try {
  for (const language of process.argv.slice(2)) await tryLanguage(language);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tryLanguage(language) {
  const started = performance.now();
  const { needs, missingFrom, cdkVersion, writeService } = await import(`./${language}.mjs`);
  const missing = needs.find(isMissing) ?? missingFrom?.(Workplace.cdkVersion);
  if (missing) return console.log(`skipped: a consumer in ${language}: ${missing} is missing`);
  // a registry of a language need not have every version: both sides are then written with one that it has.
  const version = cdkVersion?.(Workplace.cdkVersion) ?? Workplace.cdkVersion;
  if (!expected.has(version)) expected.set(version, resultsOf(`typescript-${version}`, 'typescript', version, typescript.writeService));
  const found = resultsOf(language, language, version, writeService);
  for (const [index, file] of RESULTS.entries())
    deepStrictEqual(found[index], expected.get(version)[index], `${file} of ${language} differs`);
  const beside = `beside version ${version} of the CDK`;
  console.log(`a consumer in ${language}: template, assets and forecast as from TypeScript, ${beside}, in ${seconds(started)} s`);
}

function resultsOf(name, language, version, write) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const workplace = new Workplace(language, place, version);
  write(workplace);
  return RESULTS.map((file) => JSON.parse(readFileSync(join(workplace.output, file), 'utf8')));
}

function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(0);
}
