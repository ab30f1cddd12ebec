// Every example in TypeScript as its README says: installed from the npm registry, tested and synthesized.
import { ok, strictEqual } from 'node:assert';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const needs = [];

/** The example that the CDK's own command synthesizes. */
const WITH_COMMAND = 'search-service';

/** A limit, not an expectation: other consumers compute beside the tests. */
const TEST_TIMEOUT_MILLIS = 300_000;

/** As one workspace: npm resolves what each of them asks for, and installs what is the same once. Peer dependencies come in their newest versions. */
export async function checkPackage(workplace) {
  const root = join(workplace.folder, 'examples');
  const examples = readdirSync('examples').filter((name) => existsSync(join('examples', name, 'package.json')));
  mkdirSync(root);
  for (const name of examples) copyExample(name, root);
  writeFileSync(join(root, 'package.json'), JSON.stringify({ private: true, workspaces: examples }));
  await workplace.run(root, 'npm', 'install', '--silent');
  // the tests of all in one process, which loads the CDK once; each example's own `npm test` is the same command in its folder.
  for (const name of examples) strictEqual(JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8')).scripts.test, 'vitest run');
  await workplace.run(root, 'npx', 'vitest', 'run', '--no-isolate', '--maxWorkers', '1', '--testTimeout', String(TEST_TIMEOUT_MILLIS));
  await synthesizeAll(workplace, root, examples);
  await workplace.run(join(root, WITH_COMMAND), 'npx', 'cdk', 'synth', '--quiet', '--no-notices');
  await workplace.run(join(root, 'github-actions'), 'npm', 'run', '--silent', 'nag');
  console.log(`${examples.length} examples in TypeScript: installed from the npm registry, tested and synthesized`);
}

/**
 * As the CDK's command does it, but in one process, which loads the CDK once: each app gets its output folder before it begins, and writes when all
 * of them are loaded.
 */
async function synthesizeAll(workplace, root, examples) {
  const apps = examples.flatMap((name) => {
    const configuration = join(root, name, 'cdk.json');
    if (!existsSync(configuration)) return [];
    const [, file] = /^npx tsx (\S+)$/.exec(JSON.parse(readFileSync(configuration, 'utf8')).app);
    return [{ file: pathToFileURL(join(root, name, file)).href, output: join(root, name, 'cdk.out') }];
  });
  const script = apps.map(
    ({ file, output }) => `process.env.CDK_OUTDIR = ${JSON.stringify(output)};\nawait import(${JSON.stringify(file)});`,
  );
  await workplace.run(root, process.execPath, '--import', 'tsx', '--input-type=module', '--eval', script.join('\n'));
  for (const { output } of apps) ok(existsSync(join(output, 'manifest.json')), `no stack in ${output}`);
}

/** Without what an installation of its own has left in it. */
function copyExample(name, folder) {
  cpSync(join('examples', name), join(folder, name), { recursive: true, filter: (path) => !/[\\/](node_modules|cdk\.out)$/.test(path) });
}
