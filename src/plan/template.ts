import { InvalidInput } from './invalid-input';

/** A value as CloudFormation writes it: plain, or an intrinsic function such as `{ "Ref": "Name" }`. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

type Properties = Readonly<Record<string, TemplateValue>>;

/** One resource of a template and the logical id it goes by. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
}

/** A CloudFormation template that has been read, with the few questions that a plan asks of it. */
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

  /** Reads a template from JSON. `name` says in errors where the text came from. */
  public static parse(text: string, name: string): Template {
    const json = parseJson(text, name);
    const resources = field(json, 'Resources');
    if (!isObject(resources)) throw new InvalidInput([`${name} must be a CloudFormation template with Resources, got none`]);
    return new Template(resources, asProperties(field(json, 'Parameters')));
  }

  /** All resources of a type, such as `AWS::ECS::Service`. */
  public ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resource of a type that a value refers to by `Ref` or `Fn::GetAtt`, however deep inside. */
  public referredTo(value: TemplateValue | undefined, type: string): Resource | undefined {
    const ids = new Set(references(value));
    return this.ofType(type).find((resource) => ids.has(resource.id));
  }

  /** The plain value, or the default of the parameter that a value refers to. Undefined for what only a deployment knows. */
  public plain(value: TemplateValue | undefined): string | undefined {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    const parameter = field(value, 'Ref');
    return typeof parameter === 'string' ? this.plain(field(this.parameters[parameter], 'Default')) : undefined;
  }
}

/** A property of a value, where the value is an object and has it. */
export function field(value: TemplateValue | undefined, name: string): TemplateValue | undefined {
  return isObject(value) ? value[name] : undefined;
}

/** The items of a value, where it is a list. */
export function items(value: TemplateValue | undefined): readonly TemplateValue[] {
  return Array.isArray(value) ? value : [];
}

function asProperties(value: TemplateValue | undefined): Properties {
  return isObject(value) ? value : {};
}

function isObject(value: TemplateValue | undefined): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function references(value: TemplateValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::Sub') return [...substituted(inner), ...references(inner)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(inner) ? inner[0] : inner).split('.')[0]!];
    return references(inner);
  });
}

/** The names in a text such as `service/${Cluster}/${Service.Name}`. */
function substituted(value: TemplateValue): string[] {
  const text = Array.isArray(value) ? value[0] : value;
  return [...String(text).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((match) => match[1]!);
}

function parseJson(text: string, name: string): TemplateValue {
  try {
    return JSON.parse(text) as TemplateValue;
  } catch (error) {
    throw new InvalidInput([`${name} must be JSON, got ${(error as Error).message}`]);
  }
}
