import type { Section, TemplateValue } from '../template/template-value';

/** A manifest of another tool as the template that it would become, with a text for each of its settings that is not followed. */
export interface ManifestTemplate {
  readonly template: TemplateValue;
  readonly texts: readonly string[];
  /** The error of each task definition whose size the file does not have, by its logical ID. */
  readonly sizeErrors?: Readonly<Record<string, string>>;
  /** The Dockerfile of each service whose image is built, by the logical ID of the service: absolute, or relative to the folder of the file. */
  readonly dockerfiles?: Readonly<Record<string, string>>;
}

/** The logical ID of the task definition of a service. */
export function taskDefinitionId(id: string): string {
  return `${id}TaskDefinition`;
}

/** What both kinds of manifests say of a service. */
export interface ManifestService {
  readonly id: string;
  readonly port: TemplateValue;
  readonly taskDefinition: Section;
  readonly service: Section;
  readonly targetGroup: Section;
  /** The bounds of a service that is scaled; none for a fixed count. */
  readonly scalableTarget?: Section;
  /** The configurations of target tracking, by the names of the policies. */
  readonly policies?: Readonly<Record<string, Section>>;
}

/** The resources of a service behind an application load balancer. */
export function manifestResources({
  id,
  port,
  taskDefinition,
  service,
  targetGroup,
  scalableTarget,
  policies = {},
}: ManifestService): Section {
  const ids = { task: taskDefinitionId(id), group: `${id}TargetGroup`, balancer: `${id}LoadBalancer`, target: `${id}ScalableTarget` };
  const resource = (Type: string, Properties: Section): TemplateValue => ({ Type, Properties });
  const scaling = Object.entries(policies).map(([name, configuration]) => [
    name,
    resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
      ScalingTargetId: { Ref: ids.target },
      TargetTrackingScalingPolicyConfiguration: configuration,
    }),
  ]);
  return {
    [id]: resource('AWS::ECS::Service', {
      ...service,
      ServiceName: id,
      Cluster: 'cluster',
      TaskDefinition: { Ref: ids.task },
      LoadBalancers: [{ ContainerName: id, ContainerPort: port, TargetGroupArn: { Ref: ids.group } }],
    }),
    [ids.task]: resource('AWS::ECS::TaskDefinition', taskDefinition),
    [ids.group]: resource('AWS::ElasticLoadBalancingV2::TargetGroup', targetGroup),
    [ids.balancer]: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {}),
    [`${id}Listener`]: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: { Ref: ids.balancer },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: ids.group } }],
    }),
    ...(scalableTarget !== undefined && {
      [ids.target]: resource('AWS::ApplicationAutoScaling::ScalableTarget', { ...scalableTarget, ResourceId: `service/cluster/${id}` }),
    }),
    ...Object.fromEntries(scaling),
  };
}

/** The properties whose values are known. */
export function known(properties: Readonly<Record<string, TemplateValue | undefined>>): Section {
  return Object.fromEntries(Object.entries(properties).filter((entry): entry is [string, TemplateValue] => entry[1] !== undefined));
}
