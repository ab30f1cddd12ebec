// Publishes the package to registries on this machine, and installs it from there as a project would: the README's own installation and every
// example, and the same service in TypeScript and in other languages, of which the template, with the hashes of its assets, and a forecast are
// compared. What TypeScript writes is written once, and the packages of all languages are generated at once. The package of .NET is
// only generated, and compiled where there is a .NET SDK.
import { deepStrictEqual } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishToNpm, startNpmRegistry } from './npm-registry.mjs';
import * as typescript from './typescript.mjs';
import { generatePackages, Workplace } from './workplace.mjs';

const STACK = 'Shop';
const RESULTS = [`${STACK}.template.json`, `${STACK}.assets.json`, 'forecast.json'];

const isMissing = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).error?.code === 'ENOENT';

const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
let expected;
let registry;
let version = Workplace.cdkVersion;
try {
  const languages = await availableLanguages(process.argv.slice(2));
  // a registry of a language need not have every version of the CDK: all are then written with one that it has.
  for (const { cdkVersion } of languages) version = cdkVersion?.(version) ?? version;
  const generated = languages.map(({ language }) => language).filter((language) => language !== 'examples');
  if (generated.length > 0) generatePackages(generated, folder);
  registry = await publishTarball();
  // side by side, as much of each is waiting for its registry; all have ended before the folder is removed.
  const results = await Promise.allSettled(languages.map(tryLanguage));
  for (const { reason } of results) if (reason) console.error(reason);
  process.exitCode = results.every(({ status }) => status === 'fulfilled') ? 0 : 1;
} finally {
  await registry?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Packs the package, and publishes it to an npm registry on loopback. */
async function publishTarball() {
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], { stdio: 'ignore' });
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  const started = await startNpmRegistry(Workplace.packageName, folder);
  publishToNpm(join(folder, tarball), started);
  return started;
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

async function tryLanguage({ language, writeService, checkPackage }) {
  const started = performance.now();
  if (checkPackage) return checkPackage(workplaceFor(language));
  expected ??= resultsOf('typescript', typescript.writeService);
  const [found, wanted] = await Promise.all([resultsOf(language, writeService), expected]);
  for (const [index, file] of RESULTS.entries()) deepStrictEqual(found[index], wanted[index], `${file} of ${language} differs`);
  const beside = `beside version ${version} of the CDK`;
  console.log(`a consumer in ${language}: template, assets and forecast as from TypeScript, ${beside}, in ${seconds(started)} s`);
}

async function resultsOf(language, write) {
  const workplace = workplaceFor(language);
  await write(workplace);
  return RESULTS.map((file) => JSON.parse(readFileSync(join(workplace.output, file), 'utf8')));
}

function workplaceFor(language) {
  const place = join(folder, language);
  mkdirSync(place, { recursive: true });
  return new Workplace(language, place, registry.environment, version);
}

function seconds(started) {
  return ((performance.now() - started) / 1000).toFixed(0);
}
