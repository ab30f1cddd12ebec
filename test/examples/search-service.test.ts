import { existsSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { runApp } from './run-app';

const assembly = await runApp('search-service');
const text = assembly.textOf('SearchService.template.json');

afterAll(() => rmSync(assembly.folder, { recursive: true }));

describe('the search service of the examples', () => {
  test('has a plan, of the numbers that its app states', () => {
    const { plan, ignored } = readPlan(Template.parse(text, 'SearchService.template.json'));
    expect(ignored).toEqual([]);
    expect(plan.container.environment).toMatchObject({ SAMPLE_SIZE: '20000', LOG_LEVEL: 'warn' });
    expect(plan.policy.targetTracking).toEqual([
      expect.objectContaining({ name: 'Requests', targetValue: 200 * 60 }),
      expect.objectContaining({ name: 'Cpu', targetValue: 60 }),
    ]);
  });

  test('names its image by a folder beside the template', () => {
    const { plan } = readPlan(Template.parse(text, 'SearchService.template.json'));
    expect(existsSync(`${assembly.folder}/asset.${plan.container.imageAssetHash}/Dockerfile`)).toBe(true);
  });

  test('tells where it can be reached', () => {
    expect(Object.keys(JSON.parse(text).Outputs)).toEqual([expect.stringMatching(/^SearchServiceURL/), 'Url']);
  });

  test('is pinned to the versions that this package is built with', () => {
    const [example, own] = ['examples/search-service/package.json', 'package.json'].map((file) => JSON.parse(read(file)));
    expect(example.devDependencies['aws-cdk']).toBe(own.devDependencies['aws-cdk']);
    expect(example.dependencies).toMatchObject(own.peerDependencies);
  });

  test('is started by its cdk.json', () => {
    expect(JSON.parse(read('examples/search-service/cdk.json')).app).toBe('npx tsx app.ts');
  });
});

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}
