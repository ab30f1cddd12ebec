// Bundles the start of the command, the command, its supervisor process, its worker, the recorder of images and their HTTP client into
// lib-cli: one file each, with the libraries.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const OUTPUT = 'lib-cli';

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'linked',
  metafile: true,
  // less text to read at every start; names stay, for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
};

/** The HTTP client is larger than all the rest. It is a file of its own, which is loaded when a request is sent, and contained once. */
const HTTP_CLIENT = 'undici';
const httpClientBeside = {
  name: 'HTTP client beside the bundle',
  setup: ({ onResolve }) => onResolve({ filter: /^undici$/ }, () => ({ path: `./${HTTP_CLIENT}.js`, external: true })),
};

/** The command is a file of its own beside its start, which does not load it to print the version, and has it compiled ahead where Node can. */
const commandBeside = {
  name: 'command beside its start',
  setup: ({ onResolve }) => onResolve({ filter: /^\.\/command-line$/ }, () => ({ path: './command-line.js', external: true })),
};

const start = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  plugins: [commandBeside],
  // `require` instead: Node would look for the exports of the file before it loads it, which takes as long again.
  supported: { 'dynamic-import': false },
  outdir: OUTPUT,
  banner: { js: '#!/usr/bin/env node' },
});
const command = await build({ ...shared, entryPoints: ['cli/command-line.ts'], plugins: [httpClientBeside], outdir: OUTPUT });
const processes = await build({
  ...shared,
  entryPoints: {
    'task-supervisor': 'rehearsal/task-runtime/supervisor/supervisor.ts',
    'load-worker': 'rehearsal/load-generator/load-worker.ts',
    'image-recorder': 'emulation/images/image-recorder.ts',
  },
  plugins: [httpClientBeside],
  outdir: OUTPUT,
});
const httpClient = await build({
  ...shared,
  stdin: { contents: `module.exports = require('${HTTP_CLIENT}');`, resolveDir: '.' },
  outfile: `${OUTPUT}/${HTTP_CLIENT}.js`,
});

// the control plane of the emulation is in Python.
const CONTROL_PLANE = `${OUTPUT}/control-plane`;
rmSync(CONTROL_PLANE, { recursive: true, force: true });
for (const part of ['control_plane', 'requirements.txt']) {
  const isSource = (file) => !file.includes('__pycache__');
  cpSync(`emulation/control-plane/${part}`, `${CONTROL_PLANE}/${part}`, { recursive: true, filter: isSource });
}

const bundled = [start, command, processes, httpClient].flatMap((result) => Object.keys(result.metafile.inputs));
writeFileSync(`${OUTPUT}/THIRD-PARTY-NOTICES.txt`, notices(bundled));

/** The licence texts of all bundled packages, which the bundles themselves do not contain. */
function notices(files) {
  const folders = files.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set(folders.filter(Boolean))].sort().map(notice).join('\n');
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (texts.length === 0) throw new Error(`${name} has no licence file in ${folder}, so it cannot be bundled`);
  return [`${name} ${version} (${license})`, ...texts.map((file) => readFileSync(`${folder}/${file}`, 'utf8'))].join('\n\n');
}
