import { InputError } from '../../parse/input-error';
import { expandedTemplate } from './expanded-template';
import { IntrinsicFunctions } from './intrinsic-functions';
import { namesOfCondition } from './missing-names';
import type { Resource } from './resource';
import { asObject, field, type Section, type TemplateValue } from './template-value';

/** What a template alone does not have. */
export interface StackOptions {
  /**
   * What only a deployment knows, by name: a parameter, `ImportValue:Name`, `resolve:ssm:/name` or `Resource.Attribute`.
   *
   * @default - the defaults of the parameters
   */
  readonly deployed?: Readonly<Record<string, string>>;
  /**
   * The template of a nested stack, by the resource in the template around it.
   *
   * @default - the resources of nested stacks are not known
   */
  readonly nestedTemplate?: (stack: TemplateValue, id: string) => TemplateValue | undefined;
}

/** The resources of a stack and of the stacks nested in it, for the given parameters. */
export interface EvaluatedStack {
  readonly resources: readonly Resource[];
  /** The nested stacks whose templates are not known, each with its file. */
  readonly unknownStacks: readonly string[];
  /** The conditions of all stacks. The name of one in a nested stack begins with the ID of that stack, as a logical ID does. */
  readonly conditions: Section;
}

const NOTHING: EvaluatedStack = { resources: [], unknownStacks: [], conditions: {} };

const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** Deeper nesting is a stack that contains itself. */
const MAX_NESTED = 10;
const MAX_STACKS = 200;

/** Evaluates a template. A logical ID in a nested stack begins with that of the stack: `Shop/Service`. */
export function evaluateStack(source: TemplateValue, options: StackOptions = {}): EvaluatedStack {
  const { resources, unknownStacks, conditions } = new Stack(source, options, {
    parameters: {},
    prefix: '',
    depth: 0,
    total: { stacks: 0 },
  }).evaluate();
  return { resources, unknownStacks, conditions };
}

interface Place {
  readonly parameters: Section;
  readonly prefix: string;
  readonly depth: number;
  /** Counts all stacks. */
  readonly total: { stacks: number };
}

class Stack {
  private readonly source: TemplateValue;
  private readonly functions: IntrinsicFunctions;
  private readonly nested = new Map<string, Stack | undefined>();
  private readonly declared: Section;

  public constructor(
    written: TemplateValue,
    private readonly options: StackOptions,
    private readonly place: Place,
  ) {
    const { parameters, prefix, depth } = place;
    if (++place.total.stacks > MAX_STACKS) throw new InputError([`a template must have at most ${MAX_STACKS} nested stacks, got more`]);
    if (depth > MAX_NESTED) throw new InputError([`stacks must be nested at most ${MAX_NESTED} deep, got a stack inside itself`]);
    const choice = { parameters, comparisons: {}, label: '', ...(options.deployed && { deployed: options.deployed }) };
    this.source = expandedTemplate(written, choice, prefix);
    this.declared = asObject(field(this.source, 'Resources'));
    this.functions = new IntrinsicFunctions(this.source, choice, {
      prefix,
      outputOf: (stack, output) => this.nestedStack(stack)?.output(output),
    });
  }

  public evaluate(): EvaluatedStack {
    const conditions = Object.fromEntries(
      Object.entries(asObject(field(this.source, 'Conditions'))).map(([name, condition]) => [
        this.place.prefix + name,
        withPrefix(this.functions.evaluate(condition) ?? null, this.place.prefix),
      ]),
    );
    const parts = Object.entries(this.declared).map(([id, resource]) => this.resource(id, resource, conditions));
    return {
      resources: parts.flatMap(({ resources }) => resources),
      unknownStacks: parts.flatMap(({ unknownStacks }) => unknownStacks),
      conditions: Object.assign(conditions, ...parts.map((part) => part.conditions)),
    };
  }

  private resource(id: string, resource: TemplateValue, conditions: Section): EvaluatedStack {
    const condition = field(resource, 'Condition');
    const holds = typeof condition === 'string' ? this.functions.holds(condition) : true;
    if (holds === false) return NOTHING;
    const full = this.place.prefix + id;
    const type = String(field(resource, 'Type'));
    if (type === NESTED_STACK) return this.nestedStack(id)?.evaluate() ?? { ...NOTHING, unknownStacks: [full + fileOf(resource)] };
    const undecidedBy = holds === undefined ? namesOfCondition(this.place.prefix + String(condition), conditions) : [];
    const properties = asObject(this.functions.evaluate(field(resource, 'Properties')));
    return { ...NOTHING, resources: [{ id: full, type, properties, ...(undecidedBy.length > 0 && { undecidedBy }) }] };
  }

  private output(name: string): TemplateValue | undefined {
    return this.functions.evaluate(field(field(field(this.source, 'Outputs'), name), 'Value'));
  }

  private nestedStack(id: string): Stack | undefined {
    if (this.nested.has(id)) return this.nested.get(id);
    const resource = this.declared[id];
    const template = field(resource, 'Type') === NESTED_STACK ? this.options.nestedTemplate?.(resource!, id) : undefined;
    // a stack that depends on itself finds itself unknown.
    this.nested.set(id, undefined);
    if (template === undefined) return undefined;
    const parameters = asObject(this.functions.evaluate(field(field(resource, 'Properties'), 'Parameters')));
    const stack = new Stack(template, this.options, {
      parameters,
      prefix: `${this.place.prefix}${id}/`,
      depth: this.place.depth + 1,
      total: this.place.total,
    });
    this.nested.set(id, stack);
    return stack;
  }
}

/** An evaluated condition, whose conditions are named as those of all stacks are. */
function withPrefix(condition: TemplateValue, prefix: string): TemplateValue {
  if (typeof condition !== 'object' || condition === null) return condition;
  if (Array.isArray(condition)) return condition.map((each) => withPrefix(each, prefix));
  const named = field(condition, 'Condition');
  if (typeof named === 'string') return { Condition: prefix + named };
  return Object.fromEntries(Object.entries(condition).map(([name, inner]) => [name, withPrefix(inner, prefix)]));
}

function fileOf(stack: TemplateValue): string {
  const url = field(field(stack, 'Properties'), 'TemplateURL');
  return typeof url === 'string' ? ` (${url.slice(0, MAX_FILE_CHARACTERS)})` : '';
}

/** A longer name is hard to read in an error. */
const MAX_FILE_CHARACTERS = 60;
