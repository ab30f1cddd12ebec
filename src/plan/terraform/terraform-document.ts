import { asObject, field, isObject, items, type Section, type TemplateValue } from '../template/template-value';

/** A resource of a Terraform plan or state. */
export interface TerraformResource {
  /** Such as `module.shop.aws_ecs_service.web["live"]`. */
  readonly address: string;
  readonly type: string;
  readonly values: Section;
  /** What only an apply knows: `true` where a value is. */
  readonly unknown: TemplateValue;
  /** The expressions of its configuration; none in a state. */
  readonly expressions: TemplateValue;
  /** The configuration of its module, in which references are resolved. */
  readonly module: TemplateValue;
  /** The address of its module; empty for the root. */
  readonly moduleAddress: string;
}

/** Whether a document is what `terraform show -json` or `tofu show -json` prints of a plan or a state. */
export function isTerraform(document: TemplateValue): boolean {
  return field(document, 'terraform_version') !== undefined && field(document, 'format_version') !== undefined;
}

/** The managed resources of a plan after it is applied, or of a state. */
export function terraformResources(document: TemplateValue): readonly TerraformResource[] {
  const root = field(field(document, 'planned_values') ?? field(document, 'values'), 'root_module');
  const unknown = new Map(
    items(field(document, 'resource_changes')).map((change) => [
      String(field(change, 'address')),
      field(field(change, 'change'), 'after_unknown') ?? {},
    ]),
  );
  return resourcesOf(root, field(field(document, 'configuration'), 'root_module') ?? {}, '', unknown);
}

function resourcesOf(
  module: TemplateValue | undefined,
  configuration: TemplateValue,
  moduleAddress: string,
  unknown: ReadonlyMap<string, TemplateValue>,
): TerraformResource[] {
  const own = items(field(module, 'resources'))
    .filter((resource) => field(resource, 'mode') !== 'data')
    .map((resource) => ({
      address: String(field(resource, 'address')),
      type: String(field(resource, 'type')),
      values: asObject(field(resource, 'values')),
      unknown: unknown.get(String(field(resource, 'address'))) ?? {},
      expressions: field(configurationOf(configuration, resource), 'expressions') ?? {},
      module: configuration,
      moduleAddress,
    }));
  const inner = items(field(module, 'child_modules')).flatMap((child) => {
    const address = String(field(child, 'address'));
    const call = field(field(configuration, 'module_calls'), nameOfModule(address));
    return resourcesOf(child, field(call, 'module') ?? {}, address, unknown);
  });
  return [...own, ...inner];
}

function configurationOf(module: TemplateValue, resource: TemplateValue): TemplateValue | undefined {
  return items(field(module, 'resources')).find(
    (candidate) =>
      field(candidate, 'type') === field(resource, 'type') &&
      field(candidate, 'name') === field(resource, 'name') &&
      field(candidate, 'mode') !== 'data',
  );
}

/** `module.a["x"].module.b[0]` is a call of `b`. */
function nameOfModule(address: string): string {
  return withoutKeys(address).split('.').at(-1)!;
}

/** An address without the keys of `for_each` and `count`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
}

/**
 * The expression of a path in a configuration: a block that is there once, is a list of one or an object, and an argument has the references of
 * all that is in it.
 */
export function expressionAt(expressions: TemplateValue | undefined, path: readonly (string | number)[]): TemplateValue | undefined {
  return path.reduce<TemplateValue | undefined>((value, step) => {
    if (Array.isArray(field(value, 'references'))) return value;
    if (typeof step === 'string') return field(value, step);
    return Array.isArray(value) ? (value[step] ?? value[0]) : value;
  }, expressions);
}

/** The paths at which only an apply knows the value. */
export function unknownPaths(unknown: TemplateValue, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (unknown === true) return [path];
  if (Array.isArray(unknown)) return unknown.flatMap((item, index) => unknownPaths(item as TemplateValue, [...path, index]));
  return isObject(unknown) ? Object.entries(unknown).flatMap(([name, inner]) => unknownPaths(inner, [...path, name])) : [];
}
