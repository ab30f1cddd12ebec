import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Changes of the shop template. */
export interface ShopChanges {
  readonly service?: object;
  readonly target?: object;
  readonly cpu?: object;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A minimal template that can be rehearsed: 2 to 4 tasks of 0.25 vCPU with a CPU target of 60 %. */
export function shopTemplate(changes: ShopChanges = {}): string {
  const environment = Object.entries(changes.environment ?? {}).map(([Name, Value]) => ({ Name, Value }));
  return JSON.stringify({
    Resources: {
      Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {}),
      Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: { Ref: 'Balancer' },
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      }),
      Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: 10,
        TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
      }),
      Task: resource('AWS::ECS::TaskDefinition', {
        Cpu: '256',
        Memory: '512',
        ContainerDefinitions: [{ Name: 'web', Image: 'shop', Environment: environment }],
      }),
      Shop:
        changes.service ??
        resource('AWS::ECS::Service', {
          TaskDefinition: { Ref: 'Task' },
          LoadBalancers: [{ ContainerName: 'web', ContainerPort: 8080, TargetGroupArn: { Ref: 'Targets' } }],
        }),
      Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
        MinCapacity: 2,
        MaxCapacity: 4,
        ResourceId: { 'Fn::Join': ['', ['service/', { 'Fn::GetAtt': ['Shop', 'Name'] }]] },
        ...changes.target,
      }),
      Cpu: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
        ScalingTargetId: { Ref: 'Target' },
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
          TargetValue: 60,
          ScaleOutCooldown: 120,
          ...changes.cpu,
        },
      }),
    },
  });
}

/** Writes a file into a temporary folder, which `remove` deletes. */
export function fileWith(text: string, name = 'shop.template.json'): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function resource(type: string, properties: object): object {
  return { Type: type, Properties: properties };
}
