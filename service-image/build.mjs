// Bundles the service into files that run without node_modules, next to the licences of what is in them.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

// what most starts do not need is in separate files next to the server, and is loaded on demand.
const LAZY = { 'observability/tracing': 'tracing.mjs', 'catalogue/s3-object': 's3-object.mjs' };

const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/.*\.js$/ }, ({ kind, path }) => {
      const lazy = Object.entries(LAZY).find(([source]) => kind === 'dynamic-import' && `/${source}`.endsWith(path.slice(1, -3)));
      return lazy && { path: `./${lazy[1]}`, external: true };
    });
  },
};

const outputs = { server: 'server.mjs', ...LAZY };
const inputs = [];
for (const [source, outfile] of Object.entries(outputs)) inputs.push(...(await bundle(`src/${source}.ts`, `dist/${outfile}`)));

async function bundle(entryPoint, outfile) {
  const { metafile } = await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    plugins: [apart],
    // half the text to read at every start; names stay, for the stack traces in the log.
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    metafile: true,
    legalComments: 'none',
    // some of the bundled packages are CommonJS, and an ES module has no `require` of its own.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  });
  return Object.keys(metafile.inputs);
}

const folders = inputs.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
const packages = [...new Set(folders.filter(Boolean))].sort();
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', packages.map(notice).join('\n'));

writeFileSync('dist/sbom.cdx.json', JSON.stringify(billOfMaterials(), undefined, 1));

/** What is in the bundle, as CycloneDX; without the number and the time of this build, so that the same sources make the same files. */
function billOfMaterials() {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { serialNumber, metadata, ...rest } = JSON.parse(text);
  const { timestamp, ...lasting } = metadata;
  return { ...rest, metadata: lasting };
}

/** The name, version and licence text of a package. */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const text = texts.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()).join('\n\n');
  return `${name} ${version} (${license})\n\n${text}\n\n${'-'.repeat(80)}\n`;
}
