import { evaluatedCidr } from './cidr-blocks';
import { DYNAMIC_REFERENCE, functionName, IMPORT_VALUE, referencesUnknown, SAME_AS_REF, ZONES } from './function-names';
import { joinedText } from './joined-text';
import { type Choice, OTHER } from './parameter-choice';
import { asObject, field, items, type TemplateValue } from './template-value';

/**
 * Evaluates the intrinsic functions of a template, as far as the template says.
 *
 * What only deployment knows stays a function, in one spelling: `{ "Ref": "Name" }`, `{ "Fn::GetAtt": ["Name", "Attribute"] }`, and for a
 * text with such parts `{ "Fn::Join": ["", […]] }`. Equal values are then equal as JSON.
 */
export class IntrinsicFunctions {
  private readonly conditionsInEvaluation = new Set<string>();
  /** Each condition is tested once: conditions of conditions would take twice as long with each level. */
  private readonly results = new Map<string, boolean | undefined>();
  private readonly undecidedComparisons = new Set<string>();

  public constructor(
    private readonly template: TemplateValue,
    private readonly choice: Choice,
    private readonly stack: StackScope = { prefix: '' },
  ) {}

  /** The value without functions, or with those that cannot be evaluated; undefined for `AWS::NoValue`. */
  public evaluate(value: TemplateValue | undefined): TemplateValue | undefined {
    if (typeof value === 'string') return this.withDynamicReferences(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.flatMap((item) => this.evaluate(item) ?? []);
    const name = functionName(value);
    if (name !== undefined) return this.call(name, field(value, name)!);
    const entries = Object.entries(value).map(([key, inner]) => [key, this.evaluate(inner)] as const);
    return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined)) as TemplateValue;
  }

  /** A text with the values of `{{resolve:…}}` that are given. */
  private withDynamicReferences(text: string): string {
    if (!text.includes(DYNAMIC_REFERENCE)) return text;
    return text.replace(DYNAMIC_REFERENCES, (whole, name: string) => this.choice.deployed?.[name] ?? whole);
  }

  /** The comparisons that no parameter decides, of the conditions that were evaluated. */
  public get undecided(): readonly string[] {
    return [...this.undecidedComparisons];
  }

  /** Whether a named condition holds; undefined where that depends on something outside of the template. */
  public holds(name: string): boolean | undefined {
    // a condition that refers to itself is none.
    if (this.conditionsInEvaluation.has(name)) return undefined;
    if (this.results.has(name)) return this.results.get(name);
    this.conditionsInEvaluation.add(name);
    const result = this.test(asObject(field(this.template, 'Conditions'))[name]);
    this.conditionsInEvaluation.delete(name);
    this.results.set(name, result);
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
        return this.attribute(argument);
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
      case 'Fn::ImportValue':
        return this.imported(argument);
      case 'Fn::Length':
        return this.lengthOf(argument);
      case 'Fn::ToJsonString':
        return this.jsonOf(argument);
      case 'Fn::Cidr':
        return evaluatedCidr(this.evaluate(argument) ?? null);
      case 'Fn::GetAZs':
        return this.choice.deployed?.[ZONES]?.split(',') ?? { [ZONES]: this.evaluate(argument) ?? '' };
      default:
        return { [name]: this.evaluate(argument) ?? null };
    }
  }

  private ref(name: TemplateValue): TemplateValue | undefined {
    if (name === 'AWS::NoValue') return undefined;
    const chosen = typeof name === 'string' ? this.choice.parameters[name] : undefined;
    const parameter = asObject(field(this.template, 'Parameters'))[String(name)];
    const type = String(field(parameter, 'Type'));
    // a pseudo parameter has one value in all nested stacks.
    const id = String(name).startsWith('AWS::') ? String(name) : this.stack.prefix + String(name);
    // the default of such a parameter is the name of another one, in Systems Manager.
    const ofTemplate = type.startsWith('AWS::SSM::') ? undefined : (chosen ?? field(parameter, 'Default'));
    const value = this.choice.deployed?.[id] ?? ofTemplate;
    if (value === undefined || value === OTHER) return { Ref: id };
    const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  private branch([name, yes, no]: readonly TemplateValue[]): TemplateValue | undefined {
    const holds = this.holds(String(name));
    if (holds !== undefined) return this.evaluate(holds ? yes : no);
    return {
      'Fn::If': [
        typeof name === 'string' ? this.stack.prefix + name : (name ?? null),
        this.evaluate(yes) ?? null,
        this.evaluate(no) ?? null,
      ],
    };
  }

  private join([separator = '', list]: readonly TemplateValue[]): TemplateValue {
    const parts = this.evaluate(list);
    if (!Array.isArray(parts)) return { 'Fn::Join': [separator, parts ?? null] };
    return joinedText(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
  }

  private substitute(argument: TemplateValue): TemplateValue {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, undefined];
    // each once, however often the text has it.
    const given = Object.fromEntries(Object.entries(asObject(variables)).map(([name, value]) => [name, this.evaluate(value) ?? '']));
    // the odd parts are the names in braces.
    const parts = String(text).split(/\$\{([^!}][^}]*)\}/);
    const values = parts.map((part, index) => {
      if (index % 2 === 0) return part.replace(/\$\{!/g, '${');
      const name = part.trim();
      if (Object.hasOwn(given, name)) return given[name]!;
      return name.includes('.') ? this.attribute(name) : (this.ref(name) ?? '');
    });
    return joinedText(values);
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

  private findInMap([map, topLevelKey, secondLevelKey, options]: readonly TemplateValue[]): TemplateValue {
    const keys = [map, topLevelKey, secondLevelKey].map((key) => this.evaluate(key) ?? null);
    const found = keys.reduce<TemplateValue | undefined>(
      (value, key) => (typeof key === 'object' ? undefined : field(value, String(key))),
      field(this.template, 'Mappings'),
    );
    const isKnown = keys.every((key) => typeof key !== 'object');
    return found ?? (isKnown ? this.evaluate(field(options, 'DefaultValue')) : undefined) ?? { 'Fn::FindInMap': keys };
  }

  /** The value of an export of another stack. */
  private imported(argument: TemplateValue): TemplateValue {
    const name = this.evaluate(argument) ?? null;
    return (typeof name === 'string' ? this.choice.deployed?.[IMPORT_VALUE + name] : undefined) ?? { 'Fn::ImportValue': name };
  }

  private lengthOf(argument: TemplateValue): TemplateValue {
    const list = this.evaluate(argument) ?? null;
    return Array.isArray(list) ? list.length : { 'Fn::Length': list };
  }

  private jsonOf(argument: TemplateValue): TemplateValue {
    const value = this.evaluate(argument) ?? null;
    return typeof value === 'object' && referencesUnknown(value) ? { 'Fn::ToJsonString': value } : JSON.stringify(value);
  }

  /** An attribute of a resource, `["Name", "Attribute"]` or `Name.Attribute`, or an output of a nested stack. */
  private attribute(argument: TemplateValue): TemplateValue {
    const [id = '', ...rest] = Array.isArray(argument) ? argument.map((part) => String(part)) : String(argument).split('.');
    const name = rest.join('.');
    const output = name.startsWith(OUTPUTS) ? this.stack.outputOf?.(id, name.slice(OUTPUTS.length)) : undefined;
    const full = this.stack.prefix + id;
    const given = this.choice.deployed?.[`${full}.${name}`];
    return output ?? given ?? (SAME_AS_REF.includes(name) ? { Ref: full } : { 'Fn::GetAtt': [full, name] });
  }
}

/** Where a template is in a tree of nested stacks. */
export interface StackScope {
  /** The beginning of each logical ID and each parameter: `Shop/` for a nested stack Shop. */
  readonly prefix: string;
  /** The evaluated output of a nested stack; undefined where the template of that stack is not known. */
  readonly outputOf?: (stack: string, output: string) => TemplateValue | undefined;
}

const OUTPUTS = 'Outputs.';

const DYNAMIC_REFERENCES = /\{\{(resolve:[^}]*)\}\}/g;

function noneHolds(results: readonly (boolean | undefined)[]): false | undefined {
  return results.every((result) => result === false) ? false : undefined;
}

function allHold(results: readonly (boolean | undefined)[]): true | undefined {
  return results.every((result) => result === true) ? true : undefined;
}
