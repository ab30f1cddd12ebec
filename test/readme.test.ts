import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const readme = read('README.md');

describe('the README', () => {
  test('shows the unit test that is run here', () => {
    expect(readme).toContain(`\`\`\`js\n${read('test/readme-forecast.test.ts')}\`\`\``);
  });

  test('has at most 900 words, and at least three pictures', () => {
    expect(readme.split(/\s+/).filter((word) => word !== '').length).toBeLessThanOrEqual(900);
    const pictures = [...readme.matchAll(/^!\[[^\]]+\]\((docs\/.+\.svg)\)$/gm)].map(([, path]) => path!);
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const path of pictures) expect(read(path)).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  });

  test('says of its chart what the chart shows', () => {
    const chart = read('docs/predictions/spike.svg');
    const [, minutes, seconds] = /<desc>[^<]* at (\d+):(\d\d)\b/.exec(chart)!;
    const [, surgeMinutes] = /for (\d+)m, users 120\b/.exec(chart)!;
    expect(readme).toContain(`after ${surgeMinutes} minutes the users jump`);
    expect(readme.replaceAll('\n', ' ')).toContain(
      `the third task is requested ${Number(minutes) - Number(surgeMinutes)} min ${Number(seconds)} s later.`,
    );
  });
});

function read(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}
