import { functionName } from '../template/function-names';
import { asObject, field, isObject, type Section, type TemplateValue } from '../template/template-value';
import { DROPPED_ATTRIBUTES, type TerraformType } from './terraform-types';

/** Replaces a text by a reference to the resource that it names. */
export type Link = (name: string, text: string) => TemplateValue;

/** The properties in CloudFormation of a resource of Terraform. An attribute without a row has the same name in another case. */
export function translatedProperties(type: TerraformType, values: Section, link: Link): Section {
  const translation = new Translation(type, link);
  return translation.of(values);
}

class Translation {
  private top: Section = {};
  private readonly attributes: TemplateValue[] = [];

  public constructor(
    private readonly type: TerraformType,
    private readonly link: Link,
  ) {}

  public of(values: Section): Section {
    const own = this.block(values, '');
    const isTargetGroup = this.type.cloudFormation.endsWith('TargetGroup');
    const list = isTargetGroup ? 'TargetGroupAttributes' : 'LoadBalancerAttributes';
    return { ...merged(own, this.top), ...(this.attributes.length > 0 && { [list]: this.attributes }) };
  }

  private block(values: Section, prefix: string): Section {
    let result: Section = {};
    for (const [name, value] of Object.entries(values)) {
      const path = prefix + name;
      if (isEmpty(value) || this.isDropped(path)) continue;
      const target = this.type.renamed?.[path] ?? pascalCase(name);
      if (target.startsWith('@')) this.attributes.push({ Key: target.slice(1), Value: String(value) });
      else if (target.startsWith('^')) this.top = merged(this.top, nested(target.slice(1), this.value(name, path, value)));
      else result = merged(result, this.property(name, path, target, value));
    }
    return result;
  }

  private property(name: string, path: string, target: string, value: TemplateValue): Section {
    if (name === 'internal') return { Scheme: value === true ? 'internal' : 'internet-facing' };
    if (name === 'assign_public_ip') return nested(target, value === true ? 'ENABLED' : 'DISABLED');
    const translated = this.value(name, path, value);
    return isObject(translated) && Object.keys(translated).length === 0 ? {} : nested(target, translated);
  }

  private value(name: string, path: string, value: TemplateValue): TemplateValue {
    if (name === 'container_definitions' && typeof value === 'string') return containers(value);
    if (name === 'dimensions' && isObject(value))
      return Object.entries(value).map(([Name, Value]) => ({ Name, Value: this.value('', path, Value) }));
    if (typeof value === 'string') return this.link(name, value);
    if (Array.isArray(value)) {
      const list = (value as readonly TemplateValue[]).map((item) => this.value(name, path, item));
      return this.type.single?.includes(path) === true ? (list[0] ?? {}) : list;
    }
    return isObject(value) && functionName(value) === undefined ? this.block(value, `${path}.`) : value;
  }

  private isDropped(path: string): boolean {
    const dropped = [...DROPPED_ATTRIBUTES, ...(this.type.dropped ?? [])];
    return dropped.some((row) => (row.endsWith('*') ? path.startsWith(row.slice(0, -1)) : row === path));
  }
}

/** Terraform has each attribute of the schema, most of them without a value. */
function isEmpty(value: TemplateValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function nested(path: string, value: TemplateValue): Section {
  return path.split('.').reduceRight<TemplateValue>((inner, name) => ({ [name]: inner }), value) as Section;
}

function merged(left: Section, right: Section): Section {
  const entries = Object.entries(right).map(([name, value]) => {
    const before = field(left, name);
    const isBoth = isObject(before) && isObject(value) && functionName(value) === undefined;
    return [name, isBoth ? merged(before, value) : value] as const;
  });
  return { ...left, ...Object.fromEntries(entries) };
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The containers of a task definition are JSON in the words of the ECS API. */
function containers(text: string): TemplateValue {
  try {
    return capitalized(JSON.parse(text) as TemplateValue);
  } catch {
    return [];
  }
}

function capitalized(value: TemplateValue): TemplateValue {
  if (Array.isArray(value)) return value.map((item) => capitalized(item as TemplateValue));
  if (!isObject(value)) return value;
  const entries = Object.entries(asObject(value)).filter(([, inner]) => !isEmpty(inner));
  return Object.fromEntries(entries.map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalized(inner)]));
}
