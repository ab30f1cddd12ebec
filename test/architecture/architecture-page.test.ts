import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYERS } from './layers';

const ROOT = join(__dirname, '..', '..');
const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

/** Layers below a room that the page names as a whole. */
const PARTS = ['src/index.ts', 'cli/live-view'];

describe('ARCHITECTURE.md', () => {
  test.each(LAYERS.map(({ folder }) => folder).filter((folder) => !PARTS.includes(folder)))('has a row for %s', (folder) => {
    const room = folder.replace(/\/(\*|src)$/, '');
    expect(page).toMatch(new RegExp(`^\\|.*\`${room.replace('*', '\\*')}\`.*\\|$`, 'm'));
  });

  test.each([...new Set([...page.matchAll(/`((?:src|rehearsal|cli|test)\/[\w/.-]+\.ts)`/g)].map(([, path]) => path!))])(
    'names %s, which exists',
    (path) => {
      expect(existsSync(join(ROOT, path))).toBe(true);
    },
  );
});
