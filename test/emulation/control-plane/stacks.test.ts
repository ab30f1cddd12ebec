import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '../../../emulation/control-plane/start-control-plane';
import { controlPlaneHere, hasPython } from './control-plane-here';
import { attribute, LOAD_BALANCER, listener, NETWORK, ref, SERVICE } from './network-template';
import { field, Stacks } from './stacks-of';

// the first run installs the control plane.
const INSTALL_MILLISECONDS = 300_000;

const PARAMETER = (Value: string) => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } });
const ALL = { Resources: { ...NETWORK, ...LOAD_BALANCER, ...SERVICE } };

/** The same service with other settings. */
function withCount(service: typeof SERVICE.Service, DesiredCount: number) {
  return { ...service, Properties: { ...service.Properties, DesiredCount } };
}

describe.skipIf(!hasPython('stacks of the emulation'))('a stack', () => {
  let plane: ControlPlane;
  let stacks: Stacks;

  beforeAll(async () => {
    plane = await controlPlaneHere();
    stacks = new Stacks(plane.url);
  }, INSTALL_MILLISECONDS);

  afterAll(() => plane?.stop());

  test('is created in the order of its references, and deleted in the reverse to nothing', async () => {
    expect(await stacks.create('Shop', ALL)).toBe('CREATE_COMPLETE');
    const created = (await stacks.events('Shop')).filter(({ status }) => status === 'CREATE_COMPLETE').map(({ resource }) => resource);
    for (const [first, then] of [
      ['Vpc', 'SubnetA'],
      ['SubnetA', 'LoadBalancer'],
      ['Targets', 'Listener'],
      ['Listener', 'Service'],
    ]) {
      expect(created.indexOf(first!)).toBeLessThan(created.indexOf(then!));
    }
    const service = await stacks.physicalId('Shop', 'Service');
    const found = await stacks.api.json('ecs', 'AmazonEC2ContainerServiceV20141113.DescribeServices', {
      cluster: service.split('/').at(-2),
      services: [service],
    });
    expect(found).toMatchObject({ services: [{ status: 'ACTIVE', desiredCount: 1 }] });
    expect(await stacks.update('Shop', { Resources: { ...ALL.Resources, Service: withCount(SERVICE.Service, 3) } })).toBe(
      'UPDATE_COMPLETE',
    );
    expect(await stacks.physicalId('Shop', 'Service')).toBe(service);
    expect(await stacks.delete('Shop')).toBe('DELETE_COMPLETE');
    const balancers = await stacks.api.query('elasticloadbalancing', '2015-12-01', 'DescribeLoadBalancers', {});
    expect(balancers).not.toContain('<LoadBalancerArn>');
  });

  test('is updated before it is cleaned up, and what replaces a resource exists before that is deleted', async () => {
    const targets = (Port: number) => ({
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { VpcId: ref('Vpc'), Port, Protocol: 'HTTP', TargetType: 'ip' },
    });
    const template = (resources: object) => ({ Resources: { Vpc: NETWORK.Vpc, Setting: PARAMETER('one'), ...resources } });
    expect(await stacks.create('Replaced', template({ Targets: targets(80), Gone: PARAMETER('gone') }))).toBe('CREATE_COMPLETE');
    const before = await stacks.physicalId('Replaced', 'Targets');
    const name = await stacks.physicalId('Replaced', 'Setting');
    const updated = { ...template({ Targets: targets(81) }).Resources, Setting: PARAMETER('two'), Come: PARAMETER('come') };
    expect(await stacks.update('Replaced', { Resources: updated })).toBe('UPDATE_COMPLETE');
    expect(await stacks.physicalId('Replaced', 'Targets')).not.toBe(before);
    expect(await stacks.physicalId('Replaced', 'Setting')).toBe(name);
    const events = (await stacks.events('Replaced')).map(({ resource, status }) => `${resource} ${status}`);
    const cleanUp = events.indexOf('Replaced UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    expect(events.indexOf('Come CREATE_COMPLETE')).toBeLessThan(cleanUp);
    expect(events.indexOf('Targets UPDATE_COMPLETE')).toBeLessThan(cleanUp);
    expect(events.indexOf('Targets DELETE_COMPLETE')).toBeGreaterThan(cleanUp);
    expect(events.indexOf('Gone DELETE_COMPLETE')).toBeGreaterThan(cleanUp);
    expect(await stacks.delete('Replaced')).toBe('DELETE_COMPLETE');
  });

  test('goes back to what it was if an update fails', async () => {
    const template = (Value: string, more: object = {}) => ({
      Resources: { Setting: PARAMETER(Value), ...more },
      Outputs: { Value: { Value: attribute('Value', 'Setting') } },
    });
    expect(await stacks.create('Back', template('good'))).toBe('CREATE_COMPLETE');
    const broken = { Type: 'AWS::SSM::Parameter', DependsOn: 'Setting', Properties: { Type: 'String', Value: 'x', Name: 'aws' } };
    expect(await stacks.update('Back', template('bad', { Broken: broken, Late: { ...PARAMETER('x'), DependsOn: 'Broken' } }))).toBe(
      'UPDATE_ROLLBACK_COMPLETE',
    );
    const parameter = { Name: await stacks.physicalId('Back', 'Setting') };
    expect(await stacks.api.json('ssm', 'AmazonSSM.GetParameter', parameter)).toMatchObject({ Parameter: { Value: 'good' } });
    expect(await stacks.outputs('Back')).toEqual({ Value: 'good' });
    expect((await stacks.events('Back')).map(({ resource }) => resource)).not.toContain('Late');
    expect(await stacks.delete('Back')).toBe('DELETE_COMPLETE');
  });

  test.each([
    ['an unknown type', { Type: 'AWS::Quantum::Computer' }, 'The resource type AWS::Quantum::Computer is not supported by this emulation.'],
    [
      'an unknown property',
      { ...PARAMETER('x'), Properties: { Type: 'String', Value: 'x', Colour: 'red' } },
      'extraneous key [Colour] is not permitted',
    ],
    ['a missing property', { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String' } }, 'required key [Value] not found'],
    ['a value of another kind', { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 'week' } }, 'expected a integer'],
  ])('with %s fails with one sentence, and leaves nothing', async (_, Broken, reason) => {
    const Other = PARAMETER('other');
    expect(await stacks.create('Unknown', { Resources: { Other, Broken: { ...Broken, DependsOn: 'Other' } } })).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.failures('Unknown')).toEqual([expect.stringContaining(reason)]);
    expect((await stacks.events('Unknown')).map(({ resource, status }) => `${resource} ${status}`)).toContain('Other DELETE_COMPLETE');
    await stacks.delete('Unknown');
  });

  test.each([
    [
      'two listeners on one port',
      { Again: { ...listener('LoadBalancer', 80, 'Targets'), DependsOn: 'Listener' } },
      'A listener already exists on this port',
    ],
    [
      'a target group of two load balancers',
      { Second: LOAD_BALANCER.LoadBalancer, Again: { ...listener('Second', 80, 'Targets'), DependsOn: 'Listener' } },
      'cannot be associated with more than one load balancer',
    ],
    [
      'overlapping subnets',
      { Again: { Type: 'AWS::EC2::Subnet', DependsOn: 'SubnetA', Properties: { VpcId: ref('Vpc'), CidrBlock: '10.0.0.128/25' } } },
      'conflicts with another subnet',
    ],
  ])('with %s is refused', async (_, more, reason) => {
    expect(await stacks.create('Refused', { Resources: { ...NETWORK, ...LOAD_BALANCER, ...more } })).toBe('ROLLBACK_COMPLETE');
    expect(await stacks.failures('Refused')).toEqual([expect.stringContaining(reason)]);
    await stacks.delete('Refused');
  });

  test('keeps what others import', async () => {
    const exported = { Resources: { Setting: PARAMETER('a') }, Outputs: { Value: { Value: 'shared', Export: { Name: 'Shared' } } } };
    expect(await stacks.create('Exporting', exported)).toBe('CREATE_COMPLETE');
    const imported = { Resources: { Copy: PARAMETER('') }, Outputs: { Copy: { Value: { 'Fn::ImportValue': 'Shared' } } } };
    imported.Resources.Copy.Properties.Value = { 'Fn::ImportValue': 'Shared' } as never;
    expect(await stacks.create('Importing', imported)).toBe('CREATE_COMPLETE');
    expect(await stacks.delete('Exporting')).toBe('DELETE_FAILED');
    expect(field(await stacks.call('DescribeStacks', { StackName: 'Exporting' }), 'StackStatusReason')).toBe(
      'Cannot delete export Shared as it is in use by Importing.',
    );
    expect(await stacks.delete('Importing')).toBe('DELETE_COMPLETE');
    expect(await stacks.delete('Exporting')).toBe('DELETE_COMPLETE');
  });

  test('creates many roles while other stacks do', async () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } };
    const Resources = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`Role${index}`, role]));
    const names = ['RolesA', 'RolesB', 'RolesC'];
    const created = await Promise.all(names.map((name) => stacks.create(name, { Resources })));
    expect(created).toEqual(names.map(() => 'CREATE_COMPLETE'));
    await Promise.all(names.map((name) => stacks.delete(name)));
  });

  test('without changes has a change set that says so', async () => {
    const template = { Resources: { Setting: PARAMETER('same') } };
    expect(await stacks.create('Same', template)).toBe('CREATE_COMPLETE');
    await stacks.call('CreateChangeSet', { StackName: 'Same', ChangeSetName: 'none', TemplateBody: JSON.stringify(template) });
    const described = await stacks.call('DescribeChangeSet', { StackName: 'Same', ChangeSetName: 'none' });
    expect([field(described, 'Status'), field(described, 'StatusReason')]).toEqual([
      'FAILED',
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    ]);
    expect(await stacks.update('Same', template)).toBe('No updates are to be performed.');
    await stacks.delete('Same');
  });
});
