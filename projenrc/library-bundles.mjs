// Bundles the output of the compiler: one file for an app that creates a service, one more at its first forecast, and one with the checks of
// any template. Node takes longer to find, read and compile a hundred small files than to run them. The declarations and the assembly of jsii
// stay as the compiler has written them.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';

const LIB = 'lib';

/** The folders that are loaded later, with the file for each. `lazy-requires.mjs` has moved their imports into functions. */
const LATER = { api: 'forecast.js', plugin: 'checks.js' };

const entry = readFileSync(join(LIB, 'index.js'), 'utf8');

/** The files of a folder that the entry imports. */
function reExports(folder) {
  const files = new Set(entry.match(new RegExp(`\\./${folder}/[\\w-]+`, 'g')));
  return [...files].map((file) => `Object.assign(exports, require('${file}'));`).join('\n');
}

/** Leaves an import of another folder that is loaded later to its bundle. */
function otherBundles(own) {
  return {
    name: 'other bundles',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const [folder] = relative(LIB, resolve(resolveDir, path)).split(sep);
        return folder in LATER && folder !== own ? { path: `./${LATER[folder]}`, external: true } : undefined;
      }),
  };
}

async function bundle(file, own, options) {
  const { outputFiles } = await build({
    ...options,
    outfile: join(LIB, file),
    write: false,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // a class that refers to itself gets another name otherwise.
    keepNames: true,
    sourcemap: 'linked',
    plugins: [otherBundles(own)],
  });
  return outputFiles;
}

const bundles = await Promise.all([
  bundle('index.js', undefined, { entryPoints: [join(LIB, 'index.js')] }),
  ...Object.entries(LATER).map(([folder, file]) => bundle(file, folder, { stdin: { contents: reExports(folder), resolveDir: LIB } })),
]);

// what is in a bundle is in no other file: a second copy of a class would be another class.
for (const file of readdirSync(LIB, { recursive: true })) if (file.endsWith('.js')) rmSync(join(LIB, file));
for (const { path, contents } of bundles.flat()) writeFileSync(path, contents);
