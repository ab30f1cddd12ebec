import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommandHere } from '../run-command-here';
import { shopTemplate } from '../shop-template';

/** No output may have a part of a file. */
const SECRET = 'swordfish';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Each level has the one before nine times. */
function aliases(): string {
  const levels = Array.from('bcdefghij', (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`);
  return ['a: &a [x]', ...levels, 'Resources: *j'].join('\n');
}

function texts(levels: number): object {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it.
  return levels === 0 ? { 'Fn::Sub': SECRET } : { 'Fn::Sub': ['${a}'.repeat(10), { a: texts(levels - 1) }] };
}

/** A condition that depends on the next one twice. */
function conditions(count: number): object {
  const both = (index: number) => ({ 'Fn::And': [{ Condition: `C${index + 1}` }, { Condition: `C${index + 1}` }] });
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`C${index}`, both(index)]));
}

const BAD: Readonly<Record<string, string | Uint8Array>> = {
  empty: '',
  'only spaces': ' \n \n',
  binary: Uint8Array.from({ length: 3000 }, (_, index) => (index * 37) % 256),
  'compressed with gzip': gzipSync(shopTemplate()),
  'UTF-16': Buffer.from(`\uFEFF${shopTemplate()}`, 'utf16le'),
  'half of a template': shopTemplate().slice(0, 300) + SECRET,
  'a list': JSON.stringify([SECRET]),
  'a text': JSON.stringify(SECRET),
  'a number': '42',
  null: 'null',
  'a package': JSON.stringify({ name: SECRET, dependencies: {} }),
  'a web page': `<!doctype html><html>${SECRET}</html>`,
  'a script': `export const options = { vus: 3 };\nexport default () => { ${SECRET} };`,
  'a table': `time,requests\n1,${SECRET}`,
  'a private key': `-----BEGIN PRIVATE KEY-----\n${SECRET}`,
  'an environment': `TOKEN=${SECRET}`,
  'one line of a million characters': `Key: ${SECRET.repeat(120_000)}`,
  'nine megabytes': JSON.stringify({ Resources: SECRET.repeat(1_000_000) }),
  'brackets without end': '['.repeat(50_000),
  'brackets with an end': '{"a":'.repeat(50_000) + 1 + '}'.repeat(50_000),
  'sequences without end': `${'- '.repeat(5000)}x`,
  'aliases of aliases': aliases(),
  'an alias of itself': 'Resources: &a\n  a: *a',
  'a thousand anchors and more': Array.from({ length: 1200 }, (_, index) => `- &a${index} ${SECRET}`).join('\n'),
  'a key twice': `Resources: {}\nResources: ${SECRET}`,
  'a tab for a space': `a:\n\tb: ${SECRET}`,
  'an unknown tag': `a: !${SECRET} x`,
  'resources that are none': JSON.stringify({ Resources: { A: null, B: [SECRET], C: SECRET } }),
  'thousands of resources': JSON.stringify({
    Resources: Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`A${index}`, {}])),
  }),
  'texts of texts': JSON.stringify({ Resources: { A: { Type: 'AWS::ECS::Service', Properties: { ServiceName: texts(8) } } } }),
  'conditions of conditions': JSON.stringify({
    Conditions: conditions(60),
    Resources: { A: { Type: 'AWS::ECS::Service', Condition: 'C0', Properties: { Role: SECRET } } },
  }),
};

test.each(Object.keys(BAD))('a file that is %s is refused in one short line without a part of it', async (name) => {
  const file = join(folder, 'template');
  writeFileSync(file, BAD[name]!);
  const { exitCode, stdout, stderr } = await runCommandHere(['forecast', '--template', file, '--traffic', 'users 3 for 1m', '--json']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^error: [\x20-\x7e…]{1,200}\n$/);
  expect(stderr).not.toContain(SECRET);
});
