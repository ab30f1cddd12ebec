import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '../../../emulation/control-plane/start-control-plane';
import { controlPlaneHere, hasPython } from './control-plane-here';
import { Stacks } from './stacks-of';

// the first run installs the control plane.
const INSTALL_MILLISECONDS = 300_000;

const FILE = join(__dirname, '../../../integ/integ.instances.ts.snapshot/InstancesTest.template.json');
const AUTO_SCALING = '2011-01-01';

interface Template {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;
}

/** The template of the integration test, without what needs assets: the bootstrap of the CDK, and the function that empties buckets. */
function templateOf(): Template {
  const { Rules: _, ...template } = JSON.parse(readFileSync(FILE, 'utf8'));
  const { BootstrapVersion: __, ...Parameters } = template.Parameters;
  const needsAsset = (type: string): boolean => type === 'AWS::Lambda::Function' || type.startsWith('Custom::');
  const resources = Object.entries(template.Resources as Template['Resources']).filter(([, { Type }]) => !needsAsset(Type));
  return { ...template, Parameters, Resources: Object.fromEntries(resources) };
}

describe.skipIf(!hasPython('instances of the emulation'))('the stack of the integration test of instances', () => {
  let plane: ControlPlane;
  let stacks: Stacks;

  beforeAll(async () => {
    plane = await controlPlaneHere();
    stacks = new Stacks(plane.url);
  }, INSTALL_MILLISECONDS);

  afterAll(() => plane?.stop());

  test('is created with its group and its policies, gets another maximum, and is deleted', async () => {
    const template = templateOf();
    const group = Object.keys(template.Resources).find((id) => template.Resources[id]!.Type === 'AWS::AutoScaling::AutoScalingGroup')!;
    expect(await stacks.create('Instances', template)).toBe('CREATE_COMPLETE');
    const policies = await stacks.api.query('autoscaling', AUTO_SCALING, 'DescribePolicies', {});
    expect(policies.match(/<Cooldown>120<\/Cooldown>/g)).toHaveLength(2);
    const name = await stacks.physicalId('Instances', group);
    const { Properties } = template.Resources[group]!;
    const larger = { ...template.Resources[group]!, Properties: { ...Properties, MaxSize: '5' } };
    expect(await stacks.update('Instances', { ...template, Resources: { ...template.Resources, [group]: larger } })).toBe(
      'UPDATE_COMPLETE',
    );
    expect(await stacks.physicalId('Instances', group)).toBe(name);
    const groups = await stacks.api.query('autoscaling', AUTO_SCALING, 'DescribeAutoScalingGroups', {});
    expect(groups).toContain('<MaxSize>5</MaxSize>');
    expect(groups).toContain('<HealthCheckType>ELB</HealthCheckType>');
    expect(await stacks.delete('Instances')).toBe('DELETE_COMPLETE');
  }, 120_000);
});
