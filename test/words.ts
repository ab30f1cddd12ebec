import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A retired word and what to write instead. */
export type Retired = readonly [retired: string, replacement: string];

interface Lists {
  readonly words: readonly Retired[];
  readonly names: readonly Retired[];
  readonly properNames: readonly string[];
}

const READ = /\.(ts|mts|js|mjs|py|md|css)$/;
const NOT_READ = new Set(['node_modules', 'dist', 'cache']);

/** The source and text files below a folder, or the file itself, by their paths from the root. */
export function filesBelow(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => !NOT_READ.has(name) && !name.endsWith('.snapshot'))
    .flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(root, below);
      return READ.test(entry.name) ? [below] : [];
    });
}

/** Every retired word of a file, as `file:line: word → replacement`; line 0 is the file's name. */
export function hitsIn(path: string, text: string, { words, names, properNames }: Lists): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = properNames.reduce((rest, one) => rest.replaceAll(one, '-'.repeat(one.length)), `${name}\n${text}`);
  const apart = separated(known);
  const patterns = [
    ...words.map((row) => [row, apart, wordPattern(row[0])] as const),
    ...names.map((row) => [row, known, namePattern(row[0])] as const),
  ];
  return patterns.flatMap(([[retired, replacement], where, pattern]) =>
    [...where.matchAll(pattern)].map(({ index }) => {
      const line = where.slice(0, index).split('\n').length - 1;
      return `${path}:${line}: ${retired} → ${replacement}`;
    }),
  );
}

/** The rows of the first table below a heading of a page. */
export function tableBelow(page: string, heading: string): Retired[] {
  const section = page.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)].map(([, retired, plain]): Retired => [retired!, plain!]).slice(1);
}

/** The words of identifiers, apart: `linesInWords` and `LINES_IN_WORDS` as `lines In Words`. */
function separated(text: string): string {
  // the keyword before a name is no part of a phrase.
  const named = text.replace(/\blet (?=[a-z]+[A-Z])/g, 'let: ');
  return named.replace(/([a-z\d])(?=[A-Z])/g, '$1 ').replaceAll('_', ' ');
}

/** A word or phrase, also hyphenated and over the end of a line of a comment. */
function wordPattern(word: string): RegExp {
  const gap = String.raw`(?:[ \t-]+|[ \t]*\n[ \t]*(?:\*|//)?[ \t]*)`;
  return new RegExp(String.raw`\b${word.split(/[ -]/).map(escaped).join(gap)}\b`, 'gi');
}

function namePattern(name: string): RegExp {
  return new RegExp(String.raw`(?<![\w$.-])${escaped(name)}(?![\w$])`, 'g');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, String.raw`\$&`);
}
