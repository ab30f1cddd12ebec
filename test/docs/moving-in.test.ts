import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { findingCounts, findingLines } from '../../cli/output/lint-text';
import { Shop } from '../../examples/from-the-stock-pattern/shop';
import { PATTERN, ShopBefore } from '../../examples/from-the-stock-pattern/shop-before';
import { MovedFrom, ScalableStatelessService } from '../../src';
import { compare } from '../service/moving/move';

const ROOT = join(__dirname, '..', '..');
const pageOf = (name: string): string => readFileSync(join(ROOT, 'docs/moving-in', name), 'utf8');

interface JsiiType {
  readonly properties?: readonly { readonly name: string; readonly type?: { readonly fqn?: string } }[];
}

const jsii: { readonly types: Record<string, JsiiType> } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
const NAME = 'cdk-scalable-stateless-service.';

/** Whether a prop, an attribute or a field of a prop exists, such as `healthCheck.path`. */
function exists(path: string): boolean {
  const [first, ...rest] = path.split('.');
  const types = [jsii.types[`${NAME}ScalableStatelessServiceProps`], jsii.types[`${NAME}ScalableStatelessService`]];
  const found = types.flatMap((type) => type?.properties ?? []).filter(({ name }) => name === first);
  const [next] = rest;
  if (next === undefined) return found.length > 0;
  return found.some(({ type }) => (jsii.types[type?.fqn ?? '']?.properties ?? []).some(({ name }) => name === next));
}

/** The names in the second column of the tables of a page; where they are the same ones, those in the first. */
function namesIn(page: string): string[] {
  const rows = page.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((row) => row.split(' | ')).map(([theirs = '', ours = '']) => (ours === 'the same names' ? theirs : ours));
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}

describe.each([
  ['from-the-stock-pattern.md', 45],
  ['from-copilot.md', 60],
  ['from-app-runner.md', 30],
])('the tables of %s', (name, least) => {
  const names = namesIn(tablesIn(pageOf(name)));

  test('name props that exist', () => {
    expect(names.filter((each) => !exists(each))).toEqual([]);
  });

  test('have not lost their props', () => {
    expect(names.length).toBeGreaterThanOrEqual(least);
  });
});

/** The part of a page whose second column has props: the page of the pattern has other tables after it. */
function tablesIn(page: string): string {
  return page.split('\n## What changes in place')[0]!;
}

/** The fields of some types of App Runner, as CloudFormation spells them. */
function appRunnerFields(): string[] {
  const file = join(ROOT, 'node_modules/aws-cdk-lib/aws-apprunner/lib/apprunner.generated.d.ts');
  const types = [
    'CfnServiceProps',
    'CfnAutoScalingConfigurationProps',
    'InstanceConfigurationProperty',
    'HealthCheckConfigurationProperty',
  ];
  const more = ['ImageConfigurationProperty', 'NetworkConfigurationProperty', 'SourceConfigurationProperty'];
  const text = readFileSync(file, 'utf8');
  const bodies = [...types, ...more].map((type) => new RegExp(`interface ${type} \\{([\\s\\S]*?)\\n {0,4}\\}\\n`).exec(text)![1]!);
  const names = bodies.flatMap((body) => [...body.matchAll(/readonly (\w+)\??:/g)].map(([, name]) => name!));
  return names.map((name) => name[0]!.toUpperCase() + name.slice(1));
}

test('the page about App Runner has each of its fields', () => {
  expect(appRunnerFields().length).toBeGreaterThan(25);
  expect(appRunnerFields().filter((name) => !pageOf('from-app-runner.md').includes(name))).toEqual([]);
});

/** The props that the pattern itself declares. */
function propsOfPattern(): string[] {
  const folder = join(ROOT, 'node_modules/aws-cdk-lib/aws-ecs-patterns/lib');
  const files = [
    'base/application-load-balanced-service-base',
    'base/fargate-service-base',
    'fargate/application-load-balanced-fargate-service',
  ];
  const interfaces = files.flatMap(
    (file) => readFileSync(join(folder, `${file}.d.ts`), 'utf8').match(/interface \w+Props [\s\S]*?\n}/g) ?? [],
  );
  return interfaces.flatMap((text) => [...text.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name!));
}

describe('the page about the pattern', () => {
  const page = pageOf('from-the-stock-pattern.md');

  test('has a row for each prop of the pattern', () => {
    expect(propsOfPattern().length).toBeGreaterThan(40);
    expect(propsOfPattern().filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  const before = Template.fromStack(new ShopBefore(new App(), 'Shop'));

  /** What the command prints about an update. */
  function printed(after: Stack, outcome: string): string {
    const { findings } = compare(before, Template.fromStack(after)).report;
    return [
      `cdk.out/Shop.template.json: ${outcome}`,
      ...findings.flatMap(findingLines).map((line) => `  ${line}`),
      `  ${findingCounts(findings)}`,
    ].join('\n');
  }

  test('has what lint prints for the example', () => {
    expect(page).toContain(printed(new Shop(new App(), 'Shop'), 'new tasks one by one, by a deployment'));
  });

  test('has what lint prints where the id of a policy is not passed', () => {
    const stack = new Stack(new App(), 'Shop');
    const movedFrom = MovedFrom.applicationLoadBalancedFargateService(PATTERN);
    new ScalableStatelessService(stack, 'Web', { movedFrom });
    expect(page).toContain(printed(stack, 'AWS rejects it, or a part of it'));
  });

  test('lists resources of the example that stay, and a task definition that does not', () => {
    const { changes } = compare(before, Template.fromStack(new Shop(new App(), 'Shop')));
    const rows = [...page.matchAll(/^\[~\] (\S+) .*?(\w+)( replace)?$/gm)].map(([, type, id, replaced]) => ({ type, id: id!, replaced }));
    expect(rows.length).toBeGreaterThan(5);
    for (const { type, id, replaced } of rows) {
      expect(changes.of(id), id).toMatchObject({ type });
      expect(changes.stays(id), id).toBe(replaced === undefined);
    }
  });
});
