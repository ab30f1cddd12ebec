import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';

/** As loose as templates are. */
// biome-ignore lint/suspicious/noExplicitAny: what is not there fails the comparison.
type Loose = Record<string, any>;

const INTEG = join(ROOT, 'integ');
const SNAPSHOTS = readdirSync(INTEG).filter((name) => name.endsWith('.snapshot'));

/** Settings that an app expects AWS to return, each with the value that its template asks for. */
const SETTINGS = SNAPSHOTS.flatMap((snapshot) => settingsOf(snapshot));

test('the apps besides the default one, and those under load, read settings from AWS', () => {
  expect(new Set(SETTINGS.map(([snapshot]) => snapshot)).size).toBeGreaterThanOrEqual(7);
});

describe('a setting that is expected of AWS is the one that the template asks for', () => {
  test.each(SETTINGS)('%s: %s', (_, __, expected, asked) => {
    expect(expected).toEqual(asked);
  });
});

function settingsOf(snapshot: string): [snapshot: string, path: string, expected: unknown, asked: unknown][] {
  const folder = join(INTEG, snapshot);
  const templates = readdirSync(folder)
    .filter((name) => name.endsWith('.template.json'))
    .map((name): Loose => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const resources: Loose[] = templates.flatMap((template) => Object.values(template['Resources'] ?? {}));
  const ofType = (type: string): Loose[] => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const calls = resources.filter(({ Type }) => Type.startsWith('Custom::DeployAssert@SdkCall')).map(({ Properties }) => Properties);
  return calls.flatMap(({ api, actualPath, expected, parameters }: Loose): [string, string, unknown, unknown][] => {
    const rest = actualPath?.split('.').slice(2);
    if (api === 'describeScalingPolicies') {
      const [name] = JSON.parse(parameters.PolicyNames);
      const policies = ofType('AWS::ApplicationAutoScaling::ScalingPolicy').filter(({ PolicyName }) => PolicyName === name);
      return [[snapshot, `${name} ${rest.join('.')}`, JSON.parse(expected), oneOf(policies, rest, JSON.parse(expected))]];
    }
    if (api === 'describeServices' && rest[0] === 'deploymentConfiguration') {
      return [[snapshot, rest.join('.'), JSON.parse(expected), at(ofType('AWS::ECS::Service')[0]!, rest.map(capitalized))]];
    }
    if (api === 'describeTargetGroupAttributes') {
      const [{ $ObjectLike: attribute }] = JSON.parse(expected).$ObjectLike.Attributes.$ArrayWith;
      const attributes = ofType('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(({ TargetGroupAttributes }) => TargetGroupAttributes);
      return [[snapshot, attribute.Key, attribute, attributes.find(({ Key }) => Key === attribute.Key)]];
    }
    return [];
  });
}

/** Two services of one app may have a policy of the same name: the value of one of them, the expected one if there is one. */
function oneOf(policies: readonly Loose[], path: readonly string[], expected: unknown): unknown {
  const values = policies.map((policy) => at(policy, path));
  return values.find((value) => value === expected) ?? values[0];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => (inner as Loose | undefined)?.[name], value);
}

function capitalized(name: string): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}
