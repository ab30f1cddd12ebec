import { asObject, field, items, type Section, type TemplateValue } from '../template/template-value';
import { resolveUnknown } from './resolved-values';
import { type TerraformResource, terraformResources } from './terraform-document';
import { TerraformReferences } from './terraform-references';
import { TERRAFORM_TYPES, type TerraformType, TYPE_ALIASES } from './terraform-types';
import { translatedProperties } from './translated-properties';

/** Resources as they are translated, by their addresses. */
type Translated = Record<string, { readonly Type: string; Properties: Section; UpdatePolicy?: TemplateValue }>;

/**
 * The CloudFormation template of what `terraform show -json` prints of a plan or a state. The logical ID of a resource is its address.
 *
 * https://developer.hashicorp.com/terraform/internals/json-format
 */
export function terraformTemplate(document: TemplateValue): TemplateValue {
  const resources = terraformResources(document);
  const references = new TerraformReferences(resources, field(field(document, 'configuration'), 'root_module') ?? {});
  const translated: Translated = {};
  for (const resource of resources) {
    const type = typeOf(resource);
    if (type === undefined) continue;
    const values = resolveUnknown(resource, resources, references);
    translated[resource.address] = {
      Type: type.cloudFormation,
      Properties: translatedProperties(type, values, (name, text) => linked(references, name, text)),
    };
  }
  for (const resource of resources) addPart(translated, resource, resolveUnknown(resource, resources, references), references);
  for (const { type, address } of resources) if (type === 'aws_autoscaling_group') separateBlocks(translated, address);
  return { Resources: translated as unknown as TemplateValue };
}

function typeOf({ type }: TerraformResource): TerraformType | undefined {
  return TERRAFORM_TYPES[TYPE_ALIASES[type] ?? type];
}

/** The attributes that name a resource, and its type. */
const NAMES: Readonly<Record<string, string>> = {
  autoscaling_group_name: 'aws_autoscaling_group',
  launch_configuration: 'aws_launch_configuration',
  cluster: 'aws_ecs_cluster',
  cluster_name: 'aws_ecs_cluster',
};

function linked(references: TerraformReferences, name: string, text: string): TemplateValue {
  const address = references.addressOf(text) ?? (NAMES[name] === undefined ? undefined : references.named(NAMES[name], text));
  return address === undefined ? text : { Ref: address };
}

/** Scheduled actions and attachments are resources of Terraform, and parts of a resource in CloudFormation. */
function addPart(translated: Translated, { type, address }: TerraformResource, values: Section, references: TerraformReferences): void {
  if (type === 'aws_appautoscaling_scheduled_action') addScheduledAction(translated, address, values);
  if (type === 'aws_autoscaling_attachment') addAttachment(translated, values, references);
}

/** The warm pool and the instance refresh of a group are blocks of Terraform: a resource of its own, and an update policy, in CloudFormation. */
function separateBlocks(translated: Translated, address: string): void {
  const group = translated[address]!;
  const { WarmPool, InstanceRefresh, ...others } = group.Properties;
  group.Properties = others;
  if (InstanceRefresh !== undefined) group.UpdatePolicy = { AutoScalingInstanceRefresh: InstanceRefresh };
  if (WarmPool === undefined) return;
  const Properties = { ...asObject(WarmPool), AutoScalingGroupName: { Ref: address } };
  translated[`${address}.warm_pool`] = { Type: 'AWS::AutoScaling::WarmPool', Properties };
}

function addScheduledAction(translated: Translated, address: string, values: Section): void {
  const ofTarget = ({ Type, Properties }: Translated[string], id: string): boolean =>
    Type === 'AWS::ApplicationAutoScaling::ScalableTarget' &&
    (JSON.stringify(Properties.ResourceId) === JSON.stringify(values['resource_id']) || field(values['resource_id'], 'Ref') === id);
  const target = Object.entries(translated).find(([id, resource]) => ofTarget(resource, id))?.[1];
  if (target === undefined) return;
  const [bounds] = items(values['scalable_target_action']);
  const action = {
    ScheduledActionName: values['name'] ?? address,
    Schedule: values['schedule'] ?? '',
    ...optional('Timezone', values['timezone']),
    ...optional('StartTime', values['start_time']),
    ...optional('EndTime', values['end_time']),
    ScalableTargetAction: {
      ...optional('MinCapacity', field(bounds, 'min_capacity')),
      ...optional('MaxCapacity', field(bounds, 'max_capacity')),
    },
  };
  target.Properties = { ...target.Properties, ScheduledActions: [...items(target.Properties.ScheduledActions), action] };
}

function optional(name: string, value: TemplateValue | undefined): Section {
  return value === undefined || value === null || value === '' ? {} : { [name]: value };
}

function addAttachment(translated: Translated, values: Section, references: TerraformReferences): void {
  const link = (name: string, value: TemplateValue | undefined): TemplateValue =>
    typeof value === 'string' ? linked(references, name, value) : (value ?? null);
  const group = field(link('autoscaling_group_name', values['autoscaling_group_name']), 'Ref');
  const resource = typeof group === 'string' ? translated[group] : undefined;
  const targets = link('lb_target_group_arn', values['lb_target_group_arn'] ?? values['alb_target_group_arn']);
  if (resource === undefined || targets === null) return;
  resource.Properties = { ...asObject(resource.Properties), TargetGroupARNs: [...items(resource.Properties.TargetGroupARNs), targets] };
}
