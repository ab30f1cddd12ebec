// Bundles each integration test into a script that runs on the compiled package: integ-runner starts each twice, and tsx takes twice the CPU.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

const [folder, outdir] = process.argv.slice(2);
const { name } = JSON.parse(readFileSync('package.json', 'utf8'));

const onTheCompiledPackage = {
  name: 'on the compiled package',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: resolve('lib/index.js'), external: true }));
    onResolve({ filter: new RegExp(`^${name}/integ$`) }, () => ({ path: resolve('lib-integ/index.js'), external: true }));
  },
};

await build({
  entryPoints: readdirSync(folder)
    .filter((file) => /^integ\..*\.ts$/.test(file))
    .map((file) => ({ in: `${folder}/${file}`, out: `${folder}/${file}` })),
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  plugins: [onTheCompiledPackage],
  sourcemap: 'inline',
});
