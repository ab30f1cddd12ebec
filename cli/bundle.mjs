// Bundles the command and the processes it starts, each with its libraries, into one file in lib-cli.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const OUTPUT = 'lib-cli';

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  legalComments: 'linked',
  metafile: true,
};

const command = await build({
  ...shared,
  entryPoints: ['cli/main.ts'],
  outdir: OUTPUT,
  banner: { js: '#!/usr/bin/env node' },
});
const processes = await build({
  ...shared,
  entryPoints: {
    'task-keeper': 'cli/rehearsal/tasks/task-keeper.ts',
    'traffic-client': 'cli/rehearsal/traffic/traffic-client.ts',
  },
  outdir: OUTPUT,
});

const bundled = [command, processes].flatMap((result) => Object.keys(result.metafile.inputs));
writeFileSync(`${OUTPUT}/THIRD-PARTY-NOTICES.txt`, notices(bundled));

/** The licence of every package that a file was bundled from, since a bundle leaves those texts behind. */
function notices(files) {
  const folders = files.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set(folders.filter(Boolean))].sort().map(notice).join('\n');
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (texts.length === 0) throw new Error(`${name} must carry its licence to be bundled, got none in ${folder}`);
  return [`${name} ${version} (${license})`, ...texts.map((file) => readFileSync(`${folder}/${file}`, 'utf8'))].join('\n\n');
}
