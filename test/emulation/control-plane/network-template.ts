/** A VPC with two subnets in different zones, in a template of CloudFormation. */
export const NETWORK = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  SubnetA: subnet(0),
  SubnetB: subnet(1),
};

/** A load balancer in it, with a target group and a listener. */
export const LOAD_BALANCER = {
  LoadBalancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: [ref('SubnetA'), ref('SubnetB')] } },
  Targets: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { VpcId: ref('Vpc'), Port: 80, Protocol: 'HTTP', TargetType: 'ip' },
  },
  Listener: listener('LoadBalancer', 80, 'Targets'),
};

/** A service behind it. */
export const SERVICE = {
  Cluster: { Type: 'AWS::ECS::Cluster' },
  TaskDefinition: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Cpu: '256',
      Memory: '512',
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['FARGATE'],
      ContainerDefinitions: [{ Name: 'web', Image: 'nginx', PortMappings: [{ ContainerPort: 80 }] }],
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    DependsOn: 'Listener',
    Properties: {
      Cluster: ref('Cluster'),
      TaskDefinition: ref('TaskDefinition'),
      LaunchType: 'FARGATE',
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('SubnetA'), ref('SubnetB')] } },
      LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: ref('Targets') }],
    },
  },
};

export function ref(name: string) {
  return { Ref: name };
}

export function attribute(name: string, of: string) {
  return { 'Fn::GetAtt': [of, name] };
}

/** What Fn::Sub replaces. */
export function placeholder(name: string): string {
  return `$\{${name}}`;
}

export function listener(loadBalancer: string, port: number, targets: string) {
  return {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: ref(loadBalancer),
      Port: port,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref(targets) }],
    },
  };
}

function subnet(index: number) {
  const zone = { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] };
  return { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone } };
}
