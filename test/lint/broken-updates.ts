import type { UpdateOutcome } from '../../src/lint/lint-update';
import { publicNetwork } from './broken-templates';
import { resource, soundTemplate, type TestTemplate } from './sound-template';

// biome-ignore lint/suspicious/noExplicitAny: a test changes it in any way.
type Resources = Record<string, any>;
type Change = (resources: Resources) => void;

/** Two templates of one stack, and what the update from one to the other does. */
export interface UpdatePair {
  readonly what: string;
  readonly from: TestTemplate;
  readonly to: TestTemplate;
  readonly outcome: UpdateOutcome;

  /** The ids of the checks that find something, in their order. */
  readonly checks: readonly string[];
}

function pair(what: string, outcome: UpdateOutcome, checks: readonly string[], to: Change, from: Change = () => {}): UpdatePair {
  const [before, after] = [soundTemplate(), soundTemplate()];
  from(before.Resources);
  from(after.Resources);
  to(after.Resources);
  return { what, from: before, to: after, outcome, checks };
}

const TRACKING = 'TargetTrackingScalingPolicyConfiguration';
const SECOND = { Name: 'second' };

function network(resources: Resources): void {
  resources['Vpc'] = resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  resources['SubnetA'] = resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/18' });
  resources['SubnetB'] = resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.64.0/18' });
  resources['Group'].Properties.VpcId = { Ref: 'Vpc' };
  resources['Lb'].Properties.Subnets = [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }];
  delete resources['Group'].Properties.Name;
  delete resources['Lb'].Properties.Name;
}

function unnamed(resources: Resources): void {
  delete resources['Group'].Properties.Name;
  delete resources['Lb'].Properties.Name;
}

function record(resources: Resources): void {
  unnamed(resources);
  resources['Record'] = resource('AWS::Route53::RecordSet', {
    HostedZoneId: 'Z1',
    Name: 'shop.example.com.',
    Type: 'A',
    AliasTarget: { DNSName: { 'Fn::GetAtt': ['Lb', 'DNSName'] }, HostedZoneId: { 'Fn::GetAtt': ['Lb', 'CanonicalHostedZoneID'] } },
  });
}

function blueGreen(resources: Resources): void {
  const { Type, Properties } = resources['Group'];
  resources['Green'] = resource(Type, { ...Properties, Name: 'green' });
  resources['Rule'].Properties.Actions = [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: { Ref: 'Group' }, Weight: 100 },
          { TargetGroupArn: { Ref: 'Green' }, Weight: 0 },
        ],
      },
    },
  ];
  resources['Service'].Properties.DeploymentConfiguration.Strategy = 'BLUE_GREEN';
  resources['Service'].Properties.LoadBalancers[0].AdvancedConfiguration = {
    AlternateTargetGroupArn: { Ref: 'Green' },
    ProductionListenerRule: { Ref: 'Rule' },
  };
}

const LISTENER_ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/50dc6c495c0c9188';

/** The rule forwards a part of the requests to a second group. */
function split(resources: Resources, properties: object): void {
  const { Type, Properties } = resources['Group'];
  resources['Other'] = resource(Type, { ...Properties, Name: 'other', ...properties });
  resources['Rule'].Properties.Actions = [
    { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' } }, { TargetGroupArn: { Ref: 'Other' } }] } },
  ];
}

function rename(resources: Resources, from: string, to: string): void {
  resources[to] = resources[from];
  delete resources[from];
}

function replaceLoadBalancerAndGroup(resources: Resources): void {
  resources['Lb'].Properties.Scheme = 'internal';
  const text = JSON.stringify(resources).replaceAll('"Group"', '"InternalGroup"');
  for (const id of Object.keys(resources)) delete resources[id];
  Object.assign(resources, JSON.parse(text));
}

/** A certificate of the listener besides its default one. */
function certificate(resources: Resources, id: string, name: string): void {
  resources[id] = resource('AWS::ElasticLoadBalancingV2::ListenerCertificate', {
    ListenerArn: { Ref: 'Listener' },
    Certificates: [{ CertificateArn: `arn:aws:acm:eu-west-1:123456789012:certificate/${name}` }],
  });
}

/** Pairs of templates: what they change, what that does, and which checks find why. */
export const UPDATE_PAIRS: readonly UpdatePair[] = [
  pair('nothing', 'in place', [], () => {}),
  pair('a target value', 'in place', [], (r) => {
    r['Cpu'].Properties[TRACKING].TargetValue = 50;
  }),
  pair('the bounds', 'in place', [], (r) => {
    r['Target'].Properties.MaxCapacity = 20;
  }),
  pair('a health check path', 'in place', [], (r) => {
    r['Group'].Properties.HealthCheckPath = '/ready';
  }),
  pair('an attribute of the load balancer', 'in place', [], (r) => {
    r['Lb'].Properties.LoadBalancerAttributes[0].Value = '120';
  }),
  pair(
    'an attribute that disappears, with a value of its own',
    'in place',
    ['kept-attribute', 'kept-attribute'],
    (r) => {
      r['Lb'].Properties.LoadBalancerAttributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }];
      delete r['Group'].Properties.TargetGroupAttributes;
    },
    (r) => {
      r['Lb'].Properties.LoadBalancerAttributes.push({ Key: 'zonal_shift.config.enabled', Value: 'true' });
      r['Group'].Properties.TargetGroupAttributes = [{ Key: 'slow_start.duration_seconds', Value: '30' }];
    },
  ),
  pair(
    'an attribute that disappears, with its default value',
    'in place',
    [],
    (r) => delete r['Lb'].Properties.LoadBalancerAttributes,
    (r) => {
      r['Lb'].Properties.LoadBalancerAttributes = [
        { Key: 'access_logs.s3.enabled', Value: 'false' },
        { Key: 'idle_timeout.timeout_seconds', Value: '60' },
      ];
    },
  ),
  pair('an image', 'new tasks one by one', [], (r) => {
    r['Task'].Properties.ContainerDefinitions[0].Image = 'nginx:2';
  }),
  pair('a task size', 'new tasks one by one', [], (r) => {
    r['Task'].Properties.Memory = '1024';
  }),
  pair('the subnets of the tasks', 'new tasks one by one', [], (r) => {
    r['Service'].Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = ['subnet-c', 'subnet-d'];
  }),
  pair('the cluster', 'replaced', ['replaced-service'], (r) => {
    r['Cluster'].Properties.ClusterName = 'fleet';
  }),
  pair('the name of the service', 'replaced', ['replaced-service'], (r) => {
    r['Service'].Properties.ServiceName = 'shop';
  }),
  pair('the launch type', 'replaced', ['replaced-service'], (r) => {
    delete r['Service'].Properties.LaunchType;
    r['Service'].Properties.CapacityProviderStrategy = [{ CapacityProvider: 'FARGATE', Weight: 1 }];
  }),
  pair(
    'the cluster of a service with a name',
    'replaced',
    ['replaced-service'],
    (r) => {
      r['Cluster'].Properties.ClusterName = 'fleet';
    },
    (r) => {
      r['Service'].Properties.ServiceName = 'shop';
    },
  ),
  pair(
    'the launch type of a service with a name',
    'rejected',
    ['taken-until-deleted', 'replaced-service'],
    (r) => {
      r['Service'].Properties.LaunchType = 'EXTERNAL';
    },
    (r) => {
      r['Service'].Properties.ServiceName = 'shop';
    },
  ),
  pair('the scheme of a load balancer with a name', 'rejected', ['taken-until-deleted', 'target-group-moves', 'changed-dns-name'], (r) => {
    r['Lb'].Properties.Scheme = 'internal';
  }),
  pair(
    'the scheme, with the group kept',
    'rejected',
    ['target-group-moves', 'changed-dns-name'],
    (r) => {
      r['Lb'].Properties.Scheme = 'internal';
    },
    unnamed,
  ),
  pair('the scheme, with the group replaced', 'replaced', ['changed-dns-name'], replaceLoadBalancerAndGroup, unnamed),
  pair(
    'the logical ID of the load balancer',
    'rejected',
    ['target-group-moves', 'changed-dns-name'],
    (r) => {
      rename(r, 'Lb', 'Balancer');
      r['Listener'].Properties.LoadBalancerArn = { Ref: 'Balancer' };
      r['Requests'].Properties[TRACKING].PredefinedMetricSpecification.ResourceLabel = 'app/a/b/targetgroup/c/d';
    },
    unnamed,
  ),
  pair('the scheme before a DNS record', 'outage', ['moved-record', 'changed-dns-name'], replaceLoadBalancerAndGroup, record),
  pair('the scheme before a DNS record that waits for the service', 'replaced', ['changed-dns-name'], replaceLoadBalancerAndGroup, (r) => {
    record(r);
    r['Record'].DependsOn = ['Service'];
  }),
  pair(
    'the scheme of a protected load balancer',
    'rejected',
    ['protected-load-balancer', 'changed-dns-name'],
    replaceLoadBalancerAndGroup,
    (r) => {
      unnamed(r);
      r['Lb'].Properties.LoadBalancerAttributes.push({ Key: 'deletion_protection.enabled', Value: 'true' });
    },
  ),
  pair(
    'the port of a target group',
    'outage',
    ['group-without-tasks', 'group-without-tasks'],
    (r) => {
      r['Group'].Properties.Port = 8080;
    },
    unnamed,
  ),
  pair('the port of a target group with a name', 'rejected', ['taken-until-deleted', 'group-without-tasks', 'group-without-tasks'], (r) => {
    r['Group'].Properties.Port = 8080;
  }),
  pair(
    'the logical ID of the target group',
    'outage',
    ['group-without-tasks', 'group-without-tasks'],
    (r) => {
      const text = JSON.stringify(r).replaceAll('"Group"', '"NewGroup"');
      for (const id of Object.keys(r)) delete r[id];
      Object.assign(r, JSON.parse(text));
    },
    unnamed,
  ),
  pair(
    'the group of a rule to one without tasks',
    'outage',
    ['group-without-tasks'],
    (r) => {
      r['Rule'].Properties.Actions[0].TargetGroupArn = { Ref: 'Other' };
    },
    (r) => {
      r['Other'] = resource(r['Group'].Type, { ...r['Group'].Properties, Name: 'other' });
    },
  ),
  pair(
    'the group of a rule from instances to tasks that the same update starts',
    'outage',
    ['group-without-tasks'],
    (r) => {
      r['Later'] = resource(r['Group'].Type, { ...r['Group'].Properties, Name: 'later' });
      r['Service'].Properties.LoadBalancers.push({ ...r['Service'].Properties.LoadBalancers[0], TargetGroupArn: { Ref: 'Later' } });
      r['Rule'].Properties.Actions[0].TargetGroupArn = { Ref: 'Later' };
    },
    (r) => {
      r['Instances'] = resource(r['Group'].Type, { ...r['Group'].Properties, Name: 'instances', Targets: [{ Id: '10.0.0.1' }] });
      r['Rule'].Properties.Actions[0].TargetGroupArn = { Ref: 'Instances' };
    },
  ),
  pair(
    'a health check path, before a group of instances that gets a part of the traffic',
    'in place',
    [],
    (r) => {
      r['Group'].Properties.HealthCheckPath = '/ready';
    },
    (r) => {
      split(r, { Targets: [{ Id: '10.0.0.1' }] });
    },
  ),
  pair('a part of the traffic to a group of an Auto Scaling group', 'in place', [], (r) => {
    split(r, {});
    r['Instances'] = resource('AWS::AutoScaling::AutoScalingGroup', { TargetGroupARNs: [{ Ref: 'Other' }] });
  }),
  pair(
    'a health check path, before a group that was empty',
    'in place',
    [],
    (r) => {
      r['Group'].Properties.HealthCheckPath = '/ready';
    },
    (r) => split(r, {}),
  ),
  pair(
    'the imported listener of a rule',
    'in place',
    [],
    (r) => {
      r['Rule'].Properties.ListenerArn = { 'Fn::ImportValue': 'new-listener' };
    },
    (r) => {
      r['Listener'].Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
      r['Rule'].Properties.ListenerArn = { 'Fn::ImportValue': 'listener' };
    },
  ),
  pair(
    'the listener of a rule, of one load balancer',
    'in place',
    [],
    (r) => {
      r['Rule'].Properties.ListenerArn = `${LISTENER_ARN}/bbbb`;
    },
    (r) => {
      r['Listener'].Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
      r['Rule'].Properties.ListenerArn = `${LISTENER_ARN}/aaaa`;
    },
  ),
  pair('the logical ID of the scalable target', 'rejected', ['taken-until-deleted'], (r) => {
    rename(r, 'Target', 'Scaling');
    delete r['Cpu'];
    delete r['Requests'];
  }),
  pair('a second listener, on port 80', 'rejected', ['taken-until-deleted'], (r) => {
    rename(r, 'Listener', 'Redirect');
    r['Rule'].Properties.ListenerArn = { Ref: 'Redirect' };
  }),
  pair(
    'two listeners that change their ports',
    'rejected',
    ['taken-until-deleted', 'taken-until-deleted', 'changed-listener', 'changed-listener'],
    (r) => {
      r['Listener'].Properties.Port = 8080;
      r['Second'].Properties.Port = 80;
    },
    (r) => {
      r['Second'] = resource(r['Listener'].Type, { ...r['Listener'].Properties, Port: 8080 });
    },
  ),
  pair(
    'the first of two certificates, under the id of which the second then is',
    'rejected',
    ['taken-until-deleted'],
    (r) => {
      certificate(r, 'Certificate1', 'b');
      delete r['Certificate2'];
    },
    (r) => {
      certificate(r, 'Certificate1', 'a');
      certificate(r, 'Certificate2', 'b');
    },
  ),
  pair(
    'the first of two certificates, each with an id of its own',
    'in place',
    [],
    (r) => delete r['CertificateA'],
    (r) => {
      certificate(r, 'CertificateA', 'a');
      certificate(r, 'CertificateB', 'b');
    },
  ),
  pair('a listener on another port', 'in place', ['changed-listener'], (r) => {
    r['Listener'].Properties.Port = 8080;
  }),
  pair('a listener that redirects', 'in place', ['changed-listener'], (r) => {
    r['Listener'].Properties.DefaultActions = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }];
  }),
  pair(
    'a listener that is removed',
    'in place',
    ['changed-listener'],
    (r) => delete r['Second'],
    (r) => {
      r['Second'] = resource(r['Listener'].Type, { ...r['Listener'].Properties, Port: 8080 });
    },
  ),
  pair('a default action that no longer forwards, and a new rule', 'outage', ['default-action-gap'], (r) => {
    r['Listener'].Properties.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
    r['All'] = resource(r['Rule'].Type, { ...r['Rule'].Properties, Priority: 20, Conditions: [{ Field: 'path-pattern', Values: ['/*'] }] });
  }),
  pair('the logical ID of a rule', 'rejected', ['taken-until-deleted'], (r) => {
    rename(r, 'Rule', 'Path');
    r['Service'].DependsOn = ['Listener', 'Path'];
  }),
  pair('the priority of a rule', 'in place', [], (r) => {
    r['Rule'].Properties.Priority = 20;
  }),
  pair('a rule for all requests before others', 'outage', ['hidden-rules'], (r) => {
    r['All'] = resource(r['Rule'].Type, {
      ...r['Rule'].Properties,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    });
  }),
  pair('a rule for all requests after others', 'in place', [], (r) => {
    r['All'] = resource(r['Rule'].Type, {
      ...r['Rule'].Properties,
      Priority: 99,
      Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    });
  }),
  pair('the conditions of a rule', 'in place', [], (r) => {
    r['Rule'].Properties.Conditions[0].Values = ['/store'];
  }),
  pair(
    'the conditions of a rule, in blue/green',
    'outage',
    ['shifted-weights'],
    (r) => {
      r['Rule'].Properties.Conditions[0].Values = ['/store'];
    },
    blueGreen,
  ),
  pair(
    'the priority of a rule, in blue/green',
    'outage',
    ['shifted-weights'],
    (r) => {
      r['Rule'].Properties.Priority = 30;
    },
    blueGreen,
  ),
  pair(
    'an image, in blue/green',
    'new tasks one by one',
    [],
    (r) => {
      r['Task'].Properties.ContainerDefinitions[0].Image = 'nginx:2';
    },
    blueGreen,
  ),
  pair('rolling to blue/green', 'new tasks one by one', [], blueGreen),
  pair('the logical ID of a policy', 'rejected', ['taken-until-deleted'], (r) => rename(r, 'Cpu', 'CpuPolicy')),
  pair('the name of a policy', 'rejected', ['taken-until-deleted'], (r) => {
    r['Cpu'].Properties.PolicyName = 'processor';
  }),
  pair('a policy on another metric', 'in place', [], (r) => {
    r['Cpu'].Properties[TRACKING].PredefinedMetricSpecification.PredefinedMetricType = 'ECSServiceAverageMemoryUtilization';
  }),
  pair('a policy that is removed', 'in place', [], (r) => delete r['Requests']),
  pair('high-resolution metrics at once', 'outage', ['unpublished-metric'], (r) => {
    r['Cpu'].Properties[TRACKING].PredefinedMetricSpecification.PredefinedMetricType = 'ECSServiceAverageCPUUtilizationHighResolution';
    r['Service'].Properties.Monitoring = { MetricConfigurations: [{ MetricNames: ['CPUUtilization'], ResolutionSeconds: 20 }] };
  }),
  pair(
    'larger subnets',
    'rejected',
    ['subnet-ranges'],
    (r) => {
      r['SubnetA'].Properties.CidrBlock = '10.0.0.0/17';
      r['SubnetB'].Properties.CidrBlock = '10.0.128.0/17';
    },
    network,
  ),
  pair(
    'a subnet beside the others',
    'in place',
    [],
    (r) => {
      r['SubnetC'] = resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.128.0/18' });
    },
    network,
  ),
  pair(
    'the range of the VPC',
    'rejected',
    ['load-balancer-network', 'group-without-tasks', 'group-without-tasks'],
    (r) => {
      r['Vpc'].Properties.CidrBlock = '10.1.0.0/16';
    },
    network,
  ),
  pair(
    'the logical ID of a rule of a security group',
    'rejected',
    ['taken-until-deleted'],
    (r) => rename(r, 'Ingress', 'FromBalancer'),
    (r) => {
      r['Ingress'] = resource('AWS::EC2::SecurityGroupIngress', {
        GroupId: 'sg-1',
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 80,
        CidrIp: '10.0.0.0/8',
      });
    },
  ),
  pair(
    'the logical ID of the web ACL association',
    'rejected',
    ['taken-until-deleted'],
    (r) => rename(r, 'Acl', 'WebAcl'),
    (r) => {
      r['Acl'] = resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: { Ref: 'Lb' }, WebACLArn: 'arn:aws:wafv2:…' });
    },
  ),
  pair(
    'the logical ID of an inline policy',
    'rejected',
    ['taken-until-deleted'],
    (r) => rename(r, 'Policy', 'TaskPolicy'),
    (r) => {
      r['Policy'] = resource('AWS::IAM::Policy', { PolicyName: 'task', Roles: ['role'] });
    },
  ),
  pair(
    'the logical ID of an interface endpoint',
    'rejected',
    ['taken-until-deleted'],
    (r) => rename(r, 'Endpoint', 'Logs'),
    (r) => {
      r['Endpoint'] = resource('AWS::EC2::VPCEndpoint', {
        VpcId: 'vpc-1',
        ServiceName: 'com.amazonaws.eu-west-1.logs',
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
      });
    },
  ),
  pair(
    'the public address of tasks in a public subnet',
    'outage',
    ['lost-network-path'],
    publicNetwork('DISABLED'),
    publicNetwork('ENABLED'),
  ),
  pair(
    'the route of the tasks',
    'outage',
    ['lost-network-path'],
    (r) => {
      r['Nat'] = resource('AWS::EC2::NatGateway', { SubnetId: { Ref: 'Subnet' } });
      r['Table2'] = resource('AWS::EC2::RouteTable', { VpcId: { Ref: 'Vpc' } });
      r['Private'] = resource('AWS::EC2::Subnet', { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.128.0/18' });
      r['PrivateTable'] = resource('AWS::EC2::SubnetRouteTableAssociation', {
        SubnetId: { Ref: 'Private' },
        RouteTableId: { Ref: 'Table2' },
      });
      r['PrivateRoute'] = resource('AWS::EC2::Route', {
        RouteTableId: { Ref: 'Table2' },
        DestinationCidrBlock: '0.0.0.0/0',
        NatGatewayId: { Ref: 'Nat' },
      });
      r['Service'].Properties.NetworkConfiguration.AwsvpcConfiguration = { Subnets: [{ Ref: 'Private' }] };
      delete r['Target'];
    },
    (r) => {
      publicNetwork('ENABLED')(r);
      delete r['Target'];
      delete r['Cpu'];
      delete r['Requests'];
    },
  ),
  pair('the type of a resource', 'rejected', ['changed-type'], (r) => {
    r['Alarm'] = resource('AWS::CloudWatch::CompositeAlarm', {});
  }),
  pair('a second load balancer with its group', 'new tasks one by one', [], (r) => {
    r['SecondLb'] = resource(r['Lb'].Type, { ...r['Lb'].Properties, ...SECOND });
    r['SecondGroup'] = resource(r['Group'].Type, { ...r['Group'].Properties, Name: 'second-group' });
    r['SecondListener'] = resource(r['Listener'].Type, {
      ...r['Listener'].Properties,
      LoadBalancerArn: { Ref: 'SecondLb' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'SecondGroup' } }],
    });
    r['Service'].Properties.LoadBalancers.push({ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref: 'SecondGroup' } });
  }),
];
