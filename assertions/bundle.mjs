// Bundles the assertions for integration tests into lib-integ: one script, and its declarations. Nothing in it is loaded by an app that has
// no integration tests, and nothing of it is part of the jsii assembly.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const OUTPUT = 'lib-integ';
const ENTRY = 'assertions/index.ts';

rmSync(OUTPUT, { recursive: true, force: true });

await build({
  entryPoints: [ENTRY],
  outfile: join(OUTPUT, 'index.js'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  keepNames: true,
  sourcemap: 'linked',
});

const compiler = join('node_modules', 'typescript-7', 'bin', 'tsc');
const options = {
  declaration: true,
  emitDeclarationOnly: true,
  strict: true,
  skipLibCheck: true,
  types: 'node',
  lib: 'es2022',
  target: 'ES2022',
};
const flags = Object.entries({ ...options, module: 'nodenext', moduleResolution: 'nodenext' }).flatMap(([name, value]) => [
  `--${name}`,
  String(value),
]);
execFileSync(process.execPath, [compiler, ENTRY, '--ignoreConfig', ...flags, '--rootDir', 'assertions', '--outDir', OUTPUT], {
  stdio: 'inherit',
});
