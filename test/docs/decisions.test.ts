import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = join(__dirname, '..', '..', 'docs', 'decisions');
const FILES = readdirSync(FOLDER).filter((name) => /^\d/.test(name));

test('decisions are numbered from 1 without gaps', () => {
  expect(FILES.map((name) => Number(name.slice(0, 4)))).toEqual(FILES.map((_, index) => index + 1));
});

test('the index lists every decision with its number and title, in order', () => {
  const rows = [...readFileSync(join(FOLDER, 'index.md'), 'utf8').matchAll(/^\| (\d+) \| \[(.+)\]\((.+)\) \|$/gm)];
  const headings = FILES.map((name) => /^# (\d+)\. (.+)$/m.exec(readFileSync(join(FOLDER, name), 'utf8'))!);
  expect(rows.map(([, number, title, file]) => ({ number, title, file }))).toEqual(
    headings.map(([, number, title], index) => ({ number, title, file: FILES[index] })),
  );
});
