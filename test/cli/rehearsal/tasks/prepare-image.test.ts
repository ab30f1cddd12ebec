import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NODE_IMAGE } from '../../../../bench/node-image';
import { ContainerEngine } from '../../../../cli/rehearsal/tasks/container-engine';
import type { ImageBuild } from '../../../../cli/rehearsal/tasks/image-source';
import { prepareImage } from '../../../../cli/rehearsal/tasks/prepare-image';
import { ENGINES_HERE } from './engines-here';

const NEVER = new Promise<never>(() => {});

test.skipIf(ENGINES_HERE.length > 0)('no engine answers here: images were not built', (context) => context.skip());

describe.each(ENGINES_HERE)('an image for %s', (name) => {
  const engine = new ContainerEngine(name);

  function buildOf(dockerfile: string): ImageBuild {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'Dockerfile'), dockerfile);
    return { kind: 'build', hash: 'test', folder, arguments: { WORD: 'hello' }, contexts: {}, secrets: {} };
  }

  test('is built from its folder, with its arguments', async () => {
    const lines: string[] = [];
    const build = buildOf(`FROM ${NODE_IMAGE}\nARG WORD\nLABEL word=$WORD\n`);
    const tag = await prepareImage(engine, build, { onLine: (line) => lines.push(line), interrupted: NEVER });
    onTestFinished(() => void engine.ask('rmi', tag));
    expect(await engine.ask('image', 'inspect', '--format', '{{.Config.Labels.word}}', tag)).toBe('hello');
    expect(lines.join('\n').toLowerCase()).toContain('from');
  });

  test('that cannot be built is refused, with the last lines', async () => {
    const preparing = prepareImage(engine, buildOf('FROM scratch\nCOPY nothing /\n'), { onLine: () => {}, interrupted: NEVER });
    await expect(preparing).rejects.toThrow(new RegExp(`the image must be one that ${name} can build from .*nothing`, 's'));
  });

  test('that is here already is taken as it is', async () => {
    const lines: string[] = [];
    const source = { kind: 'name', name: NODE_IMAGE } as const;
    expect(await prepareImage(engine, source, { onLine: (line) => lines.push(line), interrupted: NEVER })).toBe(NODE_IMAGE);
    expect(lines).toEqual([]);
  });

  test('that cannot be pulled is refused in a sentence', async () => {
    // nobody listens on port 9 of this machine.
    const source = { kind: 'name', name: '127.0.0.1:9/no/such:image' } as const;
    const sentence = new RegExp(
      `^the image 127.0.0.1:9/no/such:image must be on this machine or in a registry that ${name} can pull it from, got: .+$`,
    );
    await expect(prepareImage(engine, source, { onLine: () => {}, interrupted: NEVER })).rejects.toThrow(sentence);
  });

  test('is not built on when the caller has had enough', async () => {
    const interrupted = Promise.reject(new Error('enough'));
    await expect(prepareImage(engine, buildOf('FROM scratch\n'), { onLine: () => {}, interrupted })).rejects.toThrow('enough');
  });
});
