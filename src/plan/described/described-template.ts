import { asObject, field, items, type Section, type TemplateValue } from '../template/template-value';
import { capitalized, declaredProperties } from './declared-properties';
import { DescribedReferences } from './described-references';
import { type DescribedService, isOfTargetTracking, scaledResourceId } from './service-description';

const CLUSTER_ID = 'cluster';
const TARGET_ID = 'scalable target';

/**
 * The template with which CloudFormation would declare a service that exists, so that what is deployed, forecast, rehearsed and emulated is read by
 * one reader. The logical ID of the service is its name.
 */
export function describedTemplate(described: DescribedService): TemplateValue {
  return new DescribedTemplate(described).write();
}

class DescribedTemplate {
  private readonly resources: Record<string, { readonly Type: string; readonly Properties: Section }> = {};
  private readonly references: DescribedReferences;
  private readonly name: string;

  public constructor(private readonly described: DescribedService) {
    this.references = new DescribedReferences(described);
    this.name = String(described.service.serviceName);
  }

  public write(): TemplateValue {
    this.addService();
    this.addLoadBalancing();
    this.addScaling();
    return { Resources: this.resources as unknown as TemplateValue };
  }

  private add(id: string, Type: string, properties: Section, own?: string): void {
    this.resources[id] = { Type, Properties: this.references.linkedProperties(declaredProperties(Type, properties), own) };
  }

  private addService(): void {
    const { service, taskDefinition, cluster, clusterName } = this.described;
    const family = String(taskDefinition.family ?? this.name);
    const taskDefinitionId = `task definition ${family}${taskDefinition.revision === undefined ? '' : `:${String(taskDefinition.revision)}`}`;
    this.add(taskDefinitionId, 'AWS::ECS::TaskDefinition', taskDefinitionProperties(taskDefinition));
    if (cluster !== undefined) {
      const properties = { ClusterName: clusterName, ClusterSettings: capitalized(cluster.settings ?? []) };
      this.add(CLUSTER_ID, 'AWS::ECS::Cluster', properties);
    }
    this.add(this.name, 'AWS::ECS::Service', {
      ...asObject(capitalized(service)),
      ServiceName: this.name,
      Cluster: cluster === undefined ? clusterName : { Ref: CLUSTER_ID },
      TaskDefinition: { Ref: taskDefinitionId },
    });
    this.addSubnets();
  }

  /** Only the load balancer names the zones of subnets. */
  private addSubnets(): void {
    const { service, loadBalancers } = this.described;
    const zones = loadBalancers.flatMap(({ described }) => items(described.AvailabilityZones));
    const names = [...new Set(zones.map((zone) => String(field(zone, 'ZoneName'))))];
    if (names.length === 0) return;
    const subnets = items(field(field(service.networkConfiguration, 'awsvpcConfiguration'), 'subnets')).map(String);
    for (const [index, subnet] of subnets.entries()) {
      const zone = zones.find((each) => field(each, 'SubnetId') === subnet);
      const AvailabilityZone = String(field(zone, 'ZoneName') ?? names[index % names.length]);
      this.resources[subnet] = { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } };
    }
    const { Type, Properties } = this.resources[this.name]!;
    const network = {
      ...asObject(field(Properties.NetworkConfiguration, 'AwsvpcConfiguration')),
      Subnets: subnets.map((Ref) => ({ Ref })),
    };
    if (subnets.length > 0)
      this.resources[this.name] = { Type, Properties: { ...Properties, NetworkConfiguration: { AwsvpcConfiguration: network } } };
  }

  private addLoadBalancing(): void {
    const { targetGroups, loadBalancers, listeners } = this.described;
    const { references } = this;
    for (const { described, attributes } of targetGroups) {
      const arn = String(described.TargetGroupArn);
      this.add(references.idOf(arn)!, 'AWS::ElasticLoadBalancingV2::TargetGroup', { ...described, TargetGroupAttributes: attributes }, arn);
    }
    for (const { described, attributes } of loadBalancers) {
      const arn = String(described.LoadBalancerArn);
      const Subnets = items(described.AvailabilityZones).map((zone) => String(field(zone, 'SubnetId')));
      const properties = { ...described, LoadBalancerAttributes: attributes, ...(Subnets.length > 0 && { Subnets }) };
      this.add(references.idOf(arn)!, 'AWS::ElasticLoadBalancingV2::LoadBalancer', properties, arn);
    }
    for (const id of references.otherTargetGroups) this.add(id, 'AWS::ElasticLoadBalancingV2::TargetGroup', {});
    for (const { described, rules } of listeners) {
      const arn = String(described.ListenerArn);
      const id = references.idOf(arn)!;
      this.add(id, 'AWS::ElasticLoadBalancingV2::Listener', described, arn);
      for (const [index, rule] of rules.entries()) {
        if (String(rule.IsDefault) !== 'true')
          this.add(`${id} rule ${index + 1}`, 'AWS::ElasticLoadBalancingV2::ListenerRule', { ...rule, ListenerArn: arn });
      }
    }
  }

  private addScaling(): void {
    const { clusterName, scalableTargets, scalingPolicies, scheduledActions, alarms } = this.described;
    const resourceId = scaledResourceId(clusterName, this.name);
    const ofService = ({ ResourceId }: Section): boolean => ResourceId === resourceId;
    const target = scalableTargets.find(ofService);
    for (const alarm of alarms.filter(({ AlarmName }) => !isOfTargetTracking(String(AlarmName))))
      this.add(`alarm ${String(alarm.AlarmName)}`, 'AWS::CloudWatch::Alarm', alarm);
    if (target === undefined) return;
    this.add(TARGET_ID, 'AWS::ApplicationAutoScaling::ScalableTarget', {
      ...target,
      ScheduledActions: scheduledActions.filter(ofService) as readonly TemplateValue[],
    });
    for (const policy of scalingPolicies.filter(ofService)) {
      const { ResourceId: _, ...properties } = policy;
      const id = this.references.idOf(String(policy.PolicyARN))!;
      this.add(id, 'AWS::ApplicationAutoScaling::ScalingPolicy', { ...properties, ScalingTargetId: { Ref: TARGET_ID } });
    }
  }
}

/** Of a container whose CPU was not declared, ECS describes 0. */
function taskDefinitionProperties(taskDefinition: Section): Section {
  const properties = asObject(capitalized(taskDefinition));
  const ContainerDefinitions = items(properties.ContainerDefinitions).map((container) => {
    const { Cpu, ...others } = asObject(container);
    const declared = Object.entries(others).filter(([, value]) => !Array.isArray(value) || value.length > 0);
    return { ...Object.fromEntries(declared), ...(Cpu !== undefined && Cpu !== 0 && { Cpu }) };
  });
  return { ...properties, ContainerDefinitions };
}
