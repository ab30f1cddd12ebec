import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NODE_IMAGE } from '../../../../bench/node-image';
import { ContainerEngine } from '../../../../rehearsal/task-runtime/container/container-engine';
import type { ImageBuild } from '../../../../rehearsal/task-runtime/container/prepare-image';
import { prepareImage } from '../../../../rehearsal/task-runtime/container/prepare-image';
import { ENGINES_HERE } from '../engines-here';

const NEVER = new Promise<never>(() => {});

test.skipIf(ENGINES_HERE.length > 0)('no engine runs here: images were not built', (context) => context.skip());

describe.each(ENGINES_HERE)('an image for %s', (name) => {
  const engine = new ContainerEngine(name);

  function buildOf(dockerfile: string): ImageBuild {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'Dockerfile'), dockerfile);
    return { kind: 'build', hash: 'test', folder, arguments: { WORD: 'hello' }, buildContexts: {}, secrets: {} };
  }

  test('is built from its folder, with its arguments', async () => {
    const lines: string[] = [];
    const build = buildOf(`FROM ${NODE_IMAGE}\nARG WORD\nLABEL word=$WORD\n`);
    const tag = await prepareImage(engine, build, { onLine: (line) => lines.push(line), interrupted: NEVER });
    onTestFinished(() => void engine.run('rmi', tag));
    expect(await engine.run('image', 'inspect', '--format', '{{.Config.Labels.word}}', tag)).toBe('hello');
    expect(lines.join('\n').toLowerCase()).toContain('from');
  });

  test('that cannot be built is an error with the last lines', async () => {
    const preparing = prepareImage(engine, buildOf('FROM scratch\nCOPY nothing /\n'), { onLine: () => {}, interrupted: NEVER });
    await expect(preparing).rejects.toThrow(new RegExp(`${name} cannot build the image from .*nothing`, 's'));
  });

  test('that is already on this machine is not pulled', async () => {
    const lines: string[] = [];
    const source = { kind: 'name', name: NODE_IMAGE } as const;
    expect(await prepareImage(engine, source, { onLine: (line) => lines.push(line), interrupted: NEVER })).toBe(NODE_IMAGE);
    expect(lines).toEqual([]);
  });

  test('that cannot be pulled is an error', async () => {
    // port 9 of this machine is closed.
    const source = { kind: 'name', name: '127.0.0.1:9/no/such:image' } as const;
    const message = new RegExp(`^the image 127.0.0.1:9/no/such:image is not on this machine, and ${name} cannot pull it: .+$`);
    await expect(prepareImage(engine, source, { onLine: () => {}, interrupted: NEVER })).rejects.toThrow(message);
  });

  test('is no longer built once the caller is interrupted', async () => {
    const interrupted = Promise.reject(new Error('enough'));
    await expect(prepareImage(engine, buildOf('FROM scratch\n'), { onLine: () => {}, interrupted })).rejects.toThrow('enough');
  });
});
