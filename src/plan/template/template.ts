import { InputError } from '../../parse/input-error';

/** A value as CloudFormation writes it: plain, or an intrinsic function such as `{ "Ref": "Name" }`. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

type Properties = Readonly<Record<string, TemplateValue>>;

/** A resource of a template, with its logical id. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

/** A parsed CloudFormation template. */
export class Template {
  private readonly resources: readonly Resource[];

  private constructor(
    resources: Properties,
    private readonly parameters: Properties,
  ) {
    this.resources = Object.entries(resources).map(([id, resource]) => ({
      id,
      type: String(field(resource, 'Type')),
      properties: asProperties(field(resource, 'Properties')),
    }));
  }

  /** Parses a template in JSON. `name` is its name in errors. */
  public static parse(text: string, name: string): Template {
    const json = parseJson(text, name);
    const resources = field(json, 'Resources');
    if (!isObject(resources)) throw new InputError([`${name} is no CloudFormation template: it has no Resources`]);
    return new Template(resources, asProperties(field(json, 'Parameters')));
  }

  /** All resources of a type, such as `AWS::ECS::Service`. */
  public resourcesOfType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resource of a type that a value refers to by `Ref` or `Fn::GetAtt`, at any depth. */
  public referencedResource(value: TemplateValue | undefined, type: string): Resource | undefined {
    const ids = new Set(referencedIds(value));
    return this.resourcesOfType(type).find((resource) => ids.has(resource.id));
  }

  /** A value as a string: a plain value, or the default of the parameter that it refers to. Undefined if it is known at deployment only. */
  public resolvedText(value: TemplateValue | undefined): string | undefined {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    const parameter = field(value, 'Ref');
    return typeof parameter === 'string' ? this.resolvedText(field(this.parameters[parameter], 'Default')) : undefined;
  }
}

/** A property of a value; undefined if the value is not an object, or does not have it. */
export function field(value: TemplateValue | undefined, name: string): TemplateValue | undefined {
  return isObject(value) ? value[name] : undefined;
}

/** The items of a list; none if the value is not a list. */
export function items(value: TemplateValue | undefined): readonly TemplateValue[] {
  return Array.isArray(value) ? value : [];
}

function asProperties(value: TemplateValue | undefined): Properties {
  return isObject(value) ? value : {};
}

function isObject(value: TemplateValue | undefined): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function referencedIds(value: TemplateValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(referencedIds);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::Sub') return [...substitutedIds(inner), ...referencedIds(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]!];
    return referencedIds(inner);
  });
}

/** The names in a text such as `service/${Cluster}/${Service.Name}`. */
function substitutedIds(value: TemplateValue): string[] {
  const text = Array.isArray(value) ? value[0] : value;
  return [...String(text).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((match) => match[1]!);
}

function parseJson(text: string, name: string): TemplateValue {
  try {
    return JSON.parse(text) as TemplateValue;
  } catch (error) {
    throw new InputError([`${name} is not JSON: ${(error as Error).message}`]);
  }
}
