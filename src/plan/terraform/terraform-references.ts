import { asObject, field, items, type TemplateValue } from '../template/template-value';
import { type TerraformResource, withoutKeys } from './terraform-document';

/** More steps than this are a reference to itself. */
const MAX_STEPS = 20;

/** Finds what the values and the expressions of resources refer to. */
export class TerraformReferences {
  private readonly byIdentity = new Map<string, string>();

  public constructor(
    private readonly resources: readonly TerraformResource[],
    private readonly root: TemplateValue,
  ) {
    for (const { address, values } of resources) {
      for (const name of IDENTITIES) {
        const value = values[name];
        if (typeof value === 'string' && IDENTITY.test(value)) this.byIdentity.set(value, address);
      }
    }
  }

  /** The address of the resource whose ARN or id a value is; undefined for any other value. */
  public addressOf(value: string): string | undefined {
    return this.byIdentity.get(value);
  }

  /** The addresses of the resources of a type with a name. */
  public named(type: string, name: string): string | undefined {
    return this.resources.find((resource) => resource.type === type && resource.values['name'] === name)?.address;
  }

  /** The addresses of the resources that an expression refers to, as seen from a resource. */
  public targets(from: TerraformResource, expression: TemplateValue | undefined): readonly string[] {
    const found = [...new Set(this.resolve(expression, from.module, from.moduleAddress, 0))];
    return found.flatMap((name) => {
      const instances = this.resources.filter(({ address }) => withoutKeys(address) === name);
      // of several instances those with the same keys, such as another resource of the same module.
      const own = instances.filter(({ address }) => keyOf(address) === keyOf(from.address) || isInModule(address, from.moduleAddress));
      return (own.length > 0 ? own : instances).map(({ address }) => address);
    });
  }

  /** The addresses without keys that the references of an expression lead to, through variables and outputs of modules. */
  private resolve(expression: TemplateValue | undefined, module: TemplateValue, moduleAddress: string, steps: number): string[] {
    if (steps > MAX_STEPS) return [];
    return items(field(expression, 'references')).flatMap((reference) => {
      const [first = '', second = '', third = ''] = withoutKeys(String(reference)).split('.');
      const prefix = moduleAddress === '' ? '' : `${withoutKeys(moduleAddress)}.`;
      if (first === 'var') return this.variable(second, moduleAddress, steps);
      if (first === 'module') return this.outputs(second, third, { module, prefix, steps });
      return first.includes('_') && second !== '' ? [`${prefix}${first}.${second}`] : [];
    });
  }

  /** What an output of a called module is. Of a module with `for_each`, Terraform does not say which output it is. */
  private outputs(
    called: string,
    name: string,
    { module, prefix, steps }: { readonly module: TemplateValue; readonly prefix: string; readonly steps: number },
  ): string[] {
    const inner = field(field(field(module, 'module_calls'), called), 'module') ?? {};
    const outputs = asObject(field(inner, 'outputs'));
    const named = name === '' ? Object.values(outputs) : [outputs[name] ?? null];
    return named.flatMap((output) => this.resolve(field(output, 'expression'), inner, `${prefix}module.${called}`, steps + 1));
  }

  /** What the module around gives a variable. */
  private variable(name: string, moduleAddress: string, steps: number): string[] {
    const names = withoutKeys(moduleAddress)
      .split('.')
      .filter((_, index) => index % 2 === 1);
    const last = names.pop();
    if (last === undefined) return [];
    const parent = names.reduce<TemplateValue>(
      (module, called) => field(field(field(module, 'module_calls'), called), 'module') ?? {},
      this.root,
    );
    const expression = field(field(field(field(parent, 'module_calls'), last), 'expressions'), name);
    return this.resolve(expression, parent, names.map((called) => `module.${called}`).join('.'), steps + 1);
  }
}

function isInModule(address: string, moduleAddress: string): boolean {
  return moduleAddress !== '' && moduleAddress.includes('[') && address.startsWith(`${moduleAddress}.`);
}

/** The attributes that no two resources share. */
const IDENTITIES = ['id', 'arn', 'arn_without_revision'];

/** An ARN, or an id such as `subnet-0a1b`; other ids are names. */
const IDENTITY = /^(?:arn:|[a-z]+-[0-9a-f]{8})/;

function keyOf(address: string): string {
  return [...address.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]/g)].map((match) => match[1]).join();
}
