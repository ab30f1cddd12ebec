import type { ParsedPlan } from '../../../src/plan/service-plan';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template } from '../../../src/plan/template/template';

/** An ECS service that scales from 2 to 10 tasks, with whatever resources are added to it. */
export function readService(added: object, target: object = {}, service: object = {}): ParsedPlan {
  return read({
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }] },
    },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: 256, Memory: 512, ContainerDefinitions: [{ Name: 'web' }] } },
    Shop: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        LoadBalancers: [{ ContainerName: 'web', ContainerPort: 80, TargetGroupArn: { Ref: 'Targets' } }],
        ...service,
      },
    },
    Target: {
      Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes it.
      Properties: { MinCapacity: 2, MaxCapacity: 10, ResourceId: { 'Fn::Sub': 'service/${Cluster}/${Shop.Name}' }, ...target },
    },
    ...added,
  });
}

/** An EC2 auto scaling group of one to four t2.micro behind a load balancer, with whatever resources are added to it. */
export function readGroup(added: object, launch: object = {}, group: object = {}): ParsedPlan {
  return read({
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 8080 } },
    Launch: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { InstanceType: 't2.micro', ...launch } },
    },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        MinSize: '1',
        MaxSize: '4',
        LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' }, Version: '1' },
        TargetGroupARNs: [{ Ref: 'Targets' }],
        ...group,
      },
    },
    ...added,
  });
}

/** A target-tracking policy of the service. */
export function tracking(configuration: object): object {
  return servicePolicy({ PolicyType: 'TargetTrackingScaling', TargetTrackingScalingPolicyConfiguration: configuration });
}

/** Any policy of the service. */
export function servicePolicy(properties: object): object {
  return { Type: 'AWS::ApplicationAutoScaling::ScalingPolicy', Properties: { ScalingTargetId: { Ref: 'Target' }, ...properties } };
}

/** Any policy of the group. */
export function groupPolicy(properties: object): object {
  return { Type: 'AWS::AutoScaling::ScalingPolicy', Properties: { AutoScalingGroupName: { Ref: 'Group' }, ...properties } };
}

/** An alarm that sets a policy off. */
export function alarm(policy: string, properties: object): object {
  return { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: policy }], ...properties } };
}

function read(resources: object): ParsedPlan {
  const service = 'Shop' in resources ? 'Shop' : 'Group';
  return readPlan(Template.parse(JSON.stringify({ Resources: resources }), 'shop.json'), service);
}
