/** A resource as a plan has it: what is known, and what an apply will know with the references of its configuration. */
export interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly values: object;
  /** The references of each attribute that only an apply knows, by the path of its block and its name. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The document that `terraform show -json` prints of a plan, in the form that Terraform 1.11 writes for resources of its own provider: values
 * that are not known are left out of `planned_values`, `after_unknown` has them, and `configuration` has their references.
 */
export function terraformPlan(
  resources: readonly PlannedResource[],
  modules: Readonly<Record<string, readonly PlannedResource[]>> = {},
): object {
  const all = [
    ...resources.map((each) => ({ ...each, module: '' })),
    ...Object.entries(modules).flatMap(([module, own]) => own.map((each) => ({ ...each, module }))),
  ];
  const addressOf = ({ module, type, name }: (typeof all)[number]) => `${module === '' ? '' : `module.${module}.`}${type}.${name}`;
  const planned = (module: string) =>
    all
      .filter((each) => each.module === module)
      .map((each) => ({ address: addressOf(each), mode: 'managed', type: each.type, name: each.name, values: each.values }));
  const configured = (own: readonly PlannedResource[]) => ({
    resources: own.map(({ type, name, references = {} }) => ({
      address: `${type}.${name}`,
      mode: 'managed',
      type,
      name,
      expressions: nest(Object.entries(references).map(([path, names]) => [path, { references: names }])),
    })),
  });
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: planned(''),
        child_modules: Object.keys(modules).map((module) => ({ address: `module.${module}`, resources: planned(module) })),
      },
    },
    resource_changes: all.map((each) => ({
      address: addressOf(each),
      change: {
        actions: ['create'],
        after_unknown: { id: true, arn: true, ...nest(Object.keys(each.references ?? {}).map((path) => [path, true])) },
      },
    })),
    configuration: {
      root_module: {
        ...configured(resources),
        module_calls: Object.fromEntries(Object.entries(modules).map(([module, own]) => [module, { module: configured(own) }])),
      },
    },
  };
}

/** An object of paths such as `load_balancer.0.target_group_arn`; a number is a place in a list. */
function nest(entries: readonly (readonly [string, unknown])[]): object {
  const root: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const steps = path.split('.');
    let at: Record<string, unknown> = root;
    for (const [index, step] of steps.entries()) {
      if (index === steps.length - 1) {
        at[step] = value;
        continue;
      }
      at[step] ??= /^\d/.test(steps[index + 1]!) ? [] : {};
      at = at[step] as Record<string, unknown>;
    }
  }
  return root;
}

/** The state after the plan is applied: each reference is the ARN of its resource. */
export function terraformState(resources: readonly PlannedResource[]): object {
  const arnOf = (type: string, name: string) => `arn:aws:made-up:eu-central-1:123456789012:${type}/${name}`;
  return {
    format_version: '1.0',
    terraform_version: '1.11.4',
    values: {
      root_module: {
        resources: resources.map(({ type, name, values, references = {} }) => ({
          address: `${type}.${name}`,
          mode: 'managed',
          type,
          name,
          values: withReferences({ ...values, arn: arnOf(type, name), id: arnOf(type, name) }, references, arnOf),
        })),
      },
    },
  };
}

function withReferences(
  values: object,
  references: Readonly<Record<string, readonly string[]>>,
  arnOf: (type: string, name: string) => string,
): object {
  const copy = structuredClone(values) as Record<string, unknown>;
  for (const [path, names] of Object.entries(references)) {
    const steps = path.split('.');
    const last = steps.pop()!;
    let at = copy;
    for (const step of steps) at = at[step] as Record<string, unknown>;
    const arns = names.map((name) => arnOf(...(name.split('.').slice(0, 2) as [string, string])));
    at[last] = last.endsWith('s') || arns.length > 1 ? arns : arns[0];
  }
  return copy;
}
