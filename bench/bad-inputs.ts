/**
 * Gives the command files that are too large, of the wrong kind or made to take long, and prints for each what it takes: it must refuse each with
 * one line of at most 200 printable characters, exit code 2, within 200 MB, and without a part of the file.
 *
 * Build the command first: node cli/bundle.mjs. Then npx tsx bench/bad-inputs.ts
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const SECRET = 'swordfish';
const MEBIBYTE = 2 ** 20;
const MAX_MEGABYTES = 200;
const COMMAND = join(__dirname, '..', 'lib-cli', 'main.js');

/** What a file has: text, bytes, or a piece that is repeated up to a size. */
type Content = string | Uint8Array | { readonly start: string; readonly piece: string; readonly mebibytes: number };

const repeated = (start: string, piece: string, mebibytes = 100): Content => ({ start, piece, mebibytes });

/** Each level has the one before nine times. */
const BOMB = [
  'a: &a [x]',
  ...'bcdefghijk'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]`),
];

const LARGE: Readonly<Record<string, Content>> = {
  'one line of 100 MiB': repeated('', SECRET),
  'JSON of 100 MiB in one line': repeated('{"Resources":"', SECRET),
  'JSON of 100 MiB without an end': repeated('{"Resources":{"A":[', `"${SECRET}",`),
  'YAML of 100 MiB': repeated('Resources:\n', `  A: ${SECRET}\n`),
  'zeros of 100 MiB': repeated('', '\0'.repeat(1024)),
  'random bytes of 1 MiB': Uint8Array.from({ length: MEBIBYTE }, (_, index) => (index * index * 31 + 7) % 256),
  'brackets of 7 MiB': repeated('', '[', 7),
  'braces of 7 MiB': repeated('', '{"a":', 7),
  'aliases of aliases': [...BOMB, 'Resources: *k', 'execution: *k', 'config: {phases: *k}', 'scenarios: *k', 'services: *k'].join('\n'),
  'a merge of aliases': `a: &a {x: 1}\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} {<<: [${Array(30).fill(`*${'abcdefg'[index]}`).join(', ')}]}`)
    .join('\n')}\nResources: *h`,
  'an alias of itself': 'Resources: &a\n  a: *a\n',
  '300,000 anchors': repeated('', '- &a x\n', 2),
  'deep sequences': `${'- '.repeat(400_000)}x`,
  'deep flow': `a: ${'['.repeat(400_000)}`,
  '400,000 keys': repeated('Resources:\n', `  A: {}\n  B${SECRET}: 1\n`, 0.9),
  'a gzip bomb': gzipSync(Buffer.alloc(200 * MEBIBYTE)),
  'a loop of loops': JSON.stringify({
    Resources: { 'Fn::ForEach::A': ['A', Array(2000).fill('a'), { 'Fn::ForEach::B': ['B', Array(2000).fill('b'), { C: SECRET }] }] },
  }),
  'a template of 1 MiB of text': JSON.stringify({
    Resources: { A: { Type: 'AWS::ECS::Service', Properties: { ServiceName: SECRET.repeat(100_000) } } },
  }),
  'XML of 3 MiB that nests': repeated('<jmeterTestPlan>', '<a>', 3),
  'XML with entities': `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "${SECRET}"><!ENTITY b "&a;&a;">]><jmeterTestPlan>&b;</jmeterTestPlan>`,
  'a script of parentheses': repeated('export const options = ', '(', 3),
  'a Python file of brackets': repeated('from locust import HttpUser\nclass A(HttpUser):\n  x = ', '(', 3),
};

/** The options that read files. */
const OPTIONS: Readonly<Record<string, (file: string) => readonly string[]>> = {
  '--template': (file) => ['--template', file, '--traffic', 'users 3 for 1m'],
  '--traffic': (file) => ['--traffic', file],
  '--scenario': (file) => ['--scenario', file],
};

const EXTENSIONS: Readonly<Record<string, string>> = {
  XML: 'jmx',
  script: 'js',
  Python: 'py',
  YAML: 'yaml',
  alias: 'yaml',
  merge: 'yaml',
  anchors: 'yaml',
};

const folder = mkdtempSync(join(tmpdir(), 'bad-inputs-'));
const prelude = join(folder, 'report-memory.cjs');
writeFileSync(prelude, "process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)));");
let failures = 0;
try {
  const only = process.argv[2] ?? '';
  for (const [name, content] of Object.entries(LARGE).filter(([name]) => name.includes(only))) {
    const extension = Object.entries(EXTENSIONS).find(([part]) => name.includes(part))?.[1] ?? 'json';
    const file = join(folder, `file.${extension}`);
    write(file, content);
    for (const [option, words] of Object.entries(OPTIONS)) check(`${option} ${name}`, words(file));
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

function write(file: string, content: Content): void {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    writeFileSync(file, content);
    return;
  }
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, content.start);
  const block = content.piece.repeat(Math.ceil(65_536 / content.piece.length));
  for (let bytes = 0; bytes < content.mebibytes * MEBIBYTE; bytes += block.length) writeSync(descriptor, block);
  closeSync(descriptor);
}

function check(name: string, words: readonly string[]): void {
  const { status, stderr, stdout, output } = spawnSync(process.execPath, ['--require', prelude, COMMAND, 'forecast', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    cwd: folder,
  });
  const megabytes = Number(output[3]) / 1024;
  const problems = [
    ...(status === 2 ? [] : [`exit code ${status}`]),
    ...(/^error: [\x20-\x7e\u2026]{1,200}\n$/.test(stderr) ? [] : ['more than one short line']),
    ...(stderr.includes(SECRET) || stdout.includes(SECRET) ? ['a part of the file'] : []),
    ...(megabytes <= MAX_MEGABYTES ? [] : [`more than ${MAX_MEGABYTES} MB`]),
  ];
  failures += Number(problems.length > 0);
  const result = problems.length === 0 ? 'refused' : `FAILED: ${problems.join(', ')}`;
  console.log(`${name.padEnd(48)} ${megabytes.toFixed(0).padStart(4)} MB  ${result}  ${stderr.trim().slice(0, 110)}`);
}
