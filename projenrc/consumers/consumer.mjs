// Writes the same service in TypeScript and in other languages, each with the package as a project there would install it, and compares what
// comes of them: the template, with the hashes of its assets, and a forecast. What TypeScript writes is written once for each CDK, and the
// packages of all languages are generated at once. The package of .NET is only generated, and compiled where there is a .NET SDK.
import { deepStrictEqual } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as typescript from './typescript.mjs';
import { generatePackages, Workplace } from './workplace.mjs';

const STACK = 'Shop';
const RESULTS = [`${STACK}.template.json`, `${STACK}.assets.json`, 'forecast.json'];

const isMissing = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error?.code === 'ENOENT';

const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
const expected = new Map();
try {
  const languages = await availableLanguages(process.argv.slice(2));
  if (languages.length > 0)
    generatePackages(
      languages.map(({ language }) => language),
      folder,
    );
  // side by side, as much of each is waiting for its registry; all have ended before the folder is removed.
  const results = await Promise.allSettled(languages.map(tryLanguage));
  for (const { reason } of results) if (reason) console.error(reason);
  process.exitCode = results.every(({ status }) => status === 'fulfilled') ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The languages whose tools are there. */
async function availableLanguages(names) {
  const all = await Promise.all(names.map(async (language) => ({ language, ...(await import(`./${language}.mjs`)) })));
  return all.filter(({ language, needs, missingFrom }) => {
    const missing = needs.find(isMissing) ?? missingFrom?.(Workplace.cdkVersion);
    if (missing) console.log(`skipped: a consumer in ${language}: ${missing} is missing`);
    return !missing;
  });
}

async function tryLanguage({ language, cdkVersion, writeService, checkPackage }) {
  const started = performance.now();
  if (checkPackage) return checkPackage(workplaceFor(language, language, Workplace.cdkVersion));
  // a registry of a language need not have every version: both sides are then written with one that it has.
  const version = cdkVersion?.(Workplace.cdkVersion) ?? Workplace.cdkVersion;
  if (!expected.has(version)) expected.set(version, resultsOf(`typescript-${version}`, 'typescript', version, typescript.writeService));
  const [found, wanted] = await Promise.all([resultsOf(language, language, version, writeService), expected.get(version)]);
  for (const [index, file] of RESULTS.entries()) deepStrictEqual(found[index], wanted[index], `${file} of ${language} differs`);
  const beside = `beside version ${version} of the CDK`;
  console.log(`a consumer in ${language}: template, assets and forecast as from TypeScript, ${beside}, in ${seconds(started)} s`);
}

async function resultsOf(name, language, version, write) {
  const workplace = workplaceFor(name, language, version);
  await write(workplace);
  return RESULTS.map((file) => JSON.parse(readFileSync(join(workplace.output, file), 'utf8')));
}

function workplaceFor(name, language, version) {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  return new Workplace(language, place, version);
}

function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(0);
}
