import type { Section, TemplateValue } from '../template/template-value';
import { expressionAt, type TerraformResource, unknownPaths } from './terraform-document';
import type { TerraformReferences } from './terraform-references';

type Path = readonly (string | number)[];

/** The attributes that refer to resources of a type, for configurations that do not say to which: dynamic blocks. */
const REFERRED_TYPES: Readonly<Record<string, string>> = {
  target_group_arn: 'aws_lb_target_group',
  task_definition: 'aws_ecs_task_definition',
  cluster: 'aws_ecs_cluster',
  load_balancer_arn: 'aws_lb',
  listener_arn: 'aws_lb_listener',
};

/** The attributes that are lists of references. */
const LISTS = ['subnets', 'subnet_ids', 'vpc_zone_identifier', 'target_group_arns', 'alarm_actions', 'ok_actions', 'security_groups'];

/** The values of a resource; a value that only an apply knows is a reference to the resource that it is of. */
export function resolveUnknown(resource: TerraformResource, all: readonly TerraformResource[], references: TerraformReferences): Section {
  return unknownPaths(resource.unknown).reduce<Section>((values, path) => {
    const value = valueAt(resource, all, references, path);
    return value === undefined ? values : (withValue(values, path, value) as Section);
  }, resource.values);
}

function valueAt(
  resource: TerraformResource,
  all: readonly TerraformResource[],
  references: TerraformReferences,
  path: Path,
): TemplateValue | undefined {
  const expression = expressionAt(resource.expressions, path);
  const names = path.filter((step) => typeof step === 'string');
  const name = names.at(-1)!;
  const isReferred = ({ type }: TerraformResource): boolean => type.replace('aws_alb', 'aws_lb') === REFERRED_TYPES[name];
  const targets = references.targets(resource, expression);
  const ofType = targets.filter((address) => all.some((candidate) => candidate.address === address && isReferred(candidate)));
  const addresses = ofType.length > 0 ? ofType : targets;
  if (addresses.length > 0) return referenceTo(name, addresses, all);
  const referred = all.filter(
    ({ type }) => REFERRED_TYPES[name] !== undefined && type.replace('aws_alb', 'aws_lb') === REFERRED_TYPES[name],
  );
  if (referred.length === 1) return { Ref: referred[0]!.address };
  // what the configuration does not have is computed: the default of AWS.
  return expression === undefined ? undefined : { 'Fn::GetAtt': [resource.address, names.join('.')] };
}

function referenceTo(name: string, addresses: readonly string[], all: readonly TerraformResource[]): TemplateValue {
  const typeOf = (address: string): string | undefined => all.find((resource) => resource.address === address)?.type;
  const refs = addresses.map((address) => ({ Ref: address }));
  if (LISTS.includes(name)) return refs;
  if (name === 'resource_id') {
    const service = addresses.find((address) => typeOf(address) === 'aws_ecs_service');
    if (service !== undefined) return { 'Fn::Join': ['', ['service/', ...refs.slice(0, 1), '/', { 'Fn::GetAtt': [service, 'Name'] }]] };
  }
  return refs.length === 1 ? refs[0]! : { 'Fn::Join': ['', refs] };
}

/** The value with another one at a path; objects and lists on the way are created. */
function withValue(value: TemplateValue | undefined, [step, ...rest]: Path, inner: TemplateValue): TemplateValue {
  if (step === undefined) return inner;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...(value as readonly TemplateValue[])] : [];
    list[step] = withValue(list[step], rest, inner);
    return list;
  }
  const object = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Section;
  return { ...object, [step]: withValue(object[step], rest, inner) };
}
