import { field, items, type TemplateValue } from '../../plan/template/template';
import { type Choice, OTHER } from './parameter-values';
import { asObject } from './sections';

/**
 * Evaluates the intrinsic functions of a template, as far as the template says.
 *
 * What only deployment knows stays a function, in one spelling: `{ "Ref": "Name" }`, `{ "Fn::GetAtt": ["Name", "Attribute"] }`, and for a
 * text with such parts `{ "Fn::Join": ["", […]] }`. Equal values are then equal as JSON.
 */
export class IntrinsicFunctions {
  private readonly conditionsInEvaluation = new Set<string>();
  private readonly undecidedComparisons = new Set<string>();

  public constructor(
    private readonly template: TemplateValue,
    private readonly choice: Choice,
  ) {}

  /** The value without functions, or with those that cannot be evaluated; undefined for `AWS::NoValue`. */
  public evaluate(value: TemplateValue | undefined): TemplateValue | undefined {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.flatMap((item) => this.evaluate(item) ?? []);
    const name = functionName(value);
    if (name !== undefined) return this.call(name, field(value, name)!);
    const entries = Object.entries(value).map(([key, inner]) => [key, this.evaluate(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined)) as TemplateValue;
  }

  /** The comparisons that no parameter decides, of the conditions that were evaluated. */
  public get undecided(): readonly string[] {
    return [...this.undecidedComparisons];
  }

  /** Whether a named condition holds; undefined where that depends on something outside of the template. */
  public holds(name: string): boolean | undefined {
    // a condition that refers to itself is none.
    if (this.conditionsInEvaluation.has(name)) return undefined;
    this.conditionsInEvaluation.add(name);
    const result = this.test(asObject(field(this.template, 'Conditions'))[name]);
    this.conditionsInEvaluation.delete(name);
    return result;
  }

  private test(condition: TemplateValue | undefined): boolean | undefined {
    const named = field(condition, 'Condition');
    if (typeof named === 'string') return this.holds(named);
    const [name = ''] = Object.keys(asObject(condition));
    const inner = items(field(condition, name));
    const results = inner.map((each) => this.test(each));
    switch (name) {
      case 'Fn::Equals':
        return this.equal(inner[0], inner[1]);
      case 'Fn::Not':
        return results[0] === undefined ? undefined : !results[0];
      case 'Fn::And':
        return results.includes(false) ? false : allHold(results);
      case 'Fn::Or':
        return results.includes(true) ? true : noneHolds(results);
      default:
        return undefined;
    }
  }

  private equal(left: TemplateValue | undefined, right: TemplateValue | undefined): boolean | undefined {
    const sides = [this.evaluate(left), this.evaluate(right)];
    const isOther = sides.some((side) => this.choice.parameters[String(field(side, 'Ref'))] === OTHER);
    if (isOther && sides.some((side) => typeof side !== 'object')) return false;
    if (sides.some((side) => side === undefined || typeof side === 'object')) return this.decide(sides);
    return String(sides[0]) === String(sides[1]);
  }

  /** Equal comparisons have one result, in whichever order their sides are. */
  private decide(sides: readonly (TemplateValue | undefined)[]): boolean | undefined {
    const comparison = sides
      .map((side) => JSON.stringify(side ?? null))
      .sort()
      .join(' = ');
    if (Object.hasOwn(this.choice.comparisons, comparison)) return this.choice.comparisons[comparison];
    this.undecidedComparisons.add(comparison);
    return undefined;
  }

  private call(name: string, argument: TemplateValue): TemplateValue | undefined {
    switch (name) {
      case 'Ref':
        return this.ref(argument);
      case 'Fn::GetAtt':
        return attribute(argument);
      case 'Fn::If':
        return this.branch(items(argument));
      case 'Fn::Join':
        return this.join(items(argument));
      case 'Fn::Sub':
        return this.substitute(argument);
      case 'Fn::Select':
        return this.select(items(argument));
      case 'Fn::Split':
        return this.split(items(argument));
      case 'Fn::FindInMap':
        return this.findInMap(items(argument));
      default:
        return { [name]: this.evaluate(argument) ?? null };
    }
  }

  private ref(name: TemplateValue): TemplateValue | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const chosen = typeof name === 'string' ? this.choice.parameters[name] : undefined;
    const parameter = asObject(field(this.template, 'Parameters'))[String(name)];
    const type = String(field(parameter, 'Type'));
    const value = chosen ?? field(parameter, 'Default');
    // the default of such a parameter is the name of another one, in Systems Manager.
    if (value === undefined || value === OTHER || type.startsWith('AWS::SSM::')) return { Ref: name };
    const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  private branch([name, yes, no]: readonly TemplateValue[]): TemplateValue | undefined {
    const holds = this.holds(String(name));
    if (holds !== undefined) return this.evaluate(holds ? yes : no);
    return { 'Fn::If': [name ?? null, this.evaluate(yes) ?? null, this.evaluate(no) ?? null] };
  }

  private join([separator = '', list]: readonly TemplateValue[]): TemplateValue {
    const parts = this.evaluate(list);
    if (!Array.isArray(parts)) return { 'Fn::Join': [separator, parts ?? null] };
    return textOf(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
  }

  private substitute(argument: TemplateValue): TemplateValue {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    const given = asObject(variables);
    // the odd parts are the names in braces.
    const parts = String(text).split(/\$\{([^!}][^}]*)\}/);
    const values = parts.map((part, index) => {
      if (index % 2 === 0) return part.replace(/\$\{!/g, '${');
      const name = part.trim();
      if (Object.hasOwn(given, name)) return this.evaluate(given[name]) ?? '';
      return name.includes('.') ? attribute(name) : (this.ref(name) ?? '');
    });
    return textOf(values);
  }

  private select([index, list]: readonly TemplateValue[]): TemplateValue {
    const [place, values] = [this.evaluate(index), this.evaluate(list)];
    const selected = Array.isArray(values) ? (values as readonly TemplateValue[])[Number(place)] : undefined;
    return selected ?? { 'Fn::Select': [place ?? null, values ?? null] };
  }

  private split([separator, text]: readonly TemplateValue[]): TemplateValue {
    const value = this.evaluate(text);
    if (typeof value === 'string' && typeof separator === 'string') return value.split(separator);
    return { 'Fn::Split': [separator ?? null, value ?? null] };
  }

  private findInMap([map, topLevelKey, secondLevelKey]: readonly TemplateValue[]): TemplateValue {
    const keys = [map, topLevelKey, secondLevelKey].map((key) => this.evaluate(key) ?? null);
    const found = keys.reduce<TemplateValue | undefined>(
      (value, key) => (typeof key === 'object' ? undefined : field(value, String(key))),
      field(this.template, 'Mappings'),
    );
    return found ?? { 'Fn::FindInMap': keys };
  }
}

/** The name of the intrinsic function that a value calls: `Ref` or `Fn::…`. */
export function functionName(value: TemplateValue | undefined): string | undefined {
  const keys = Object.keys(asObject(value));
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]!.startsWith('Fn::')) ? keys[0] : undefined;
}

/** The attributes that are what `Ref` returns, for all types that have them here. */
const SAME_AS_REF = [
  ...['LoadBalancerArn', 'ListenerArn', 'RuleArn', 'TargetGroupArn', 'ServiceArn', 'TaskDefinitionArn'],
  ...['VpcId', 'SubnetId', 'GroupId', 'RouteTableId', 'InternetGatewayId', 'NatGatewayId'],
];

/** An attribute of a resource: `["Name", "Attribute"]` or `Name.Attribute`. */
function attribute(argument: TemplateValue): TemplateValue {
  const [id = '', ...rest] = Array.isArray(argument) ? argument.map((part) => String(part)) : String(argument).split('.');
  const name = rest.join('.');
  return SAME_AS_REF.includes(name) ? { Ref: id } : { 'Fn::GetAtt': [id, name] };
}

/** A text of parts: plain where all of them are, else a join of as few parts as possible. */
function textOf(parts: readonly TemplateValue[]): TemplateValue {
  const merged: TemplateValue[] = [];
  for (const part of parts.flatMap(joinedParts)) {
    const last = merged.at(-1);
    if (typeof part !== 'object' && typeof last === 'string') merged[merged.length - 1] = last + String(part);
    else if (part !== '') merged.push(typeof part === 'object' ? part : String(part));
  }
  if (merged.length === 0) return '';
  return merged.length === 1 ? merged[0]! : { 'Fn::Join': ['', merged] };
}

function joinedParts(part: TemplateValue): readonly TemplateValue[] {
  const [separator, inner] = items(field(part, 'Fn::Join'));
  return separator === '' ? items(inner) : [part];
}

function noneHolds(results: readonly (boolean | undefined)[]): false | undefined {
  return results.every((result) => result === false) ? false : undefined;
}

function allHold(results: readonly (boolean | undefined)[]): true | undefined {
  return results.every((result) => result === true) ? true : undefined;
}
