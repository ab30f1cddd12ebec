import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { ScalableStatelessService } from '../../../src';
import { newApp } from '../../synthesize';

const app = newApp();
new ScalableStatelessService(new Stack(app, 'Shop'), 'Search');
const folder = app.synth().directory;
const { dockerImages } = JSON.parse(readFileSync(join(folder, 'Shop.assets.json'), 'utf8'));
const [image] = Object.values<{ source: { directory: string; platform: string } }>(dockerImages);

test('is built for the processor that the tasks run on', () => {
  expect(image!.source.platform).toBe('linux/amd64');
});

test('is built from the sources of the reference service, and from nothing that a machine happens to hold', () => {
  expect(readdirSync(join(folder, image!.source.directory)).sort()).toEqual([
    '.dockerignore',
    'Dockerfile',
    'build.mjs',
    'package-lock.json',
    'package.json',
    'src',
  ]);
});
