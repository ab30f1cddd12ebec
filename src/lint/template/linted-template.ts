import { InputError } from '../../parse/input-error';
import { expandedTemplate } from '../../plan/template/expanded-template';
import { functionName } from '../../plan/template/function-names';
import { IntrinsicFunctions } from '../../plan/template/intrinsic-functions';
import type { Choice } from '../../plan/template/parameter-choice';
import { asObject, field, items, type Section, type TemplateValue } from '../../plan/template/template-value';
import { parameterChoices, withUndecided } from './parameter-values';

/** A resource whose properties are evaluated for one choice of the parameters. */
export interface LintedResource {
  readonly id: string;
  readonly type: string;
  readonly properties: Section;
  readonly dependsOn: readonly string[];

  /** Where the CDK created it; undefined for other templates. */
  readonly constructPath?: string;
}

/** A template, evaluated for one choice of its parameters. */
export class LintedTemplate {
  private readonly byId: ReadonlyMap<string, LintedResource>;

  public constructor(
    public readonly resources: readonly LintedResource[],
    /** The parameters that have other values than their defaults, as text. */
    public readonly label = '',
  ) {
    this.byId = new Map(resources.map((resource) => [resource.id, resource]));
  }

  public ofType(type: string): readonly LintedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  public resource(id: string): LintedResource | undefined {
    return this.byId.get(id);
  }

  /** The resource that a value is a reference to, or the one of that type that occurs in it. */
  public target(value: TemplateValue | undefined, type?: string): LintedResource | undefined {
    const found = referencesIn(value).flatMap((id) => this.byId.get(id) ?? []);
    return type === undefined ? found[0] : found.find((resource) => resource.type === type);
  }
}

/** Parses a template in JSON. `name` is its name in errors. */
export function parseTemplate(text: string, name: string): TemplateValue {
  const json = parseJson(text.replace(/^\uFEFF/, ''), name);
  // what `aws cloudformation get-template` prints.
  const body = field(json, 'TemplateBody');
  return templateOf(typeof body === 'string' ? parseJson(body, name) : (body ?? json), name);
}

/** A template that is already parsed. */
export function templateOf(template: TemplateValue, name: string): TemplateValue {
  if (Object.keys(asObject(field(template, 'Resources'))).length > 0) return template;
  throw new InputError([`${name} must be a CloudFormation template, got no Resources`]);
}

/**
 * The template for each choice of its parameters that makes a difference. The first is that of the defaults.
 *
 * @param given values that parameters have in each choice; names that are no parameters are left out.
 */
export function evaluations(written: TemplateValue, given: Readonly<Record<string, string>> = {}): readonly LintedTemplate[] {
  const declared = asObject(field(written, 'Parameters'));
  const deployed = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(declared, name)));
  const source = expandedTemplate(written, { parameters: {}, comparisons: {}, label: '', deployed });
  return parameterChoices(source)
    .map((choice) => ({ ...choice, deployed }))
    .flatMap((choice) => decidedChoices(source, choice))
    .map((choice) => new LintedTemplate(createdResources(source, new IntrinsicFunctions(source, choice)), choice.label));
}

function createdResources(source: TemplateValue, functions: IntrinsicFunctions): LintedResource[] {
  return Object.entries(asObject(field(source, 'Resources')))
    .filter(([, resource]) => isCreated(resource, functions))
    .map(([id, resource]) => ({
      id,
      type: String(field(resource, 'Type')),
      properties: asObject(functions.evaluate(field(resource, 'Properties'))),
      dependsOn: listOf(field(resource, 'DependsOn')).map(String),
      constructPath: pathOf(resource),
    }));
}

/** More comparisons than this stay undecided, and so do the branches of their conditions. */
const MAX_UNDECIDED = 4;

/** The choice with each result of its undecided comparisons, labelled with the conditions that differ from the first. */
function decidedChoices(source: TemplateValue, choice: Choice): Choice[] {
  const names = Object.keys(asObject(field(source, 'Conditions')));
  const functions = new IntrinsicFunctions(source, choice);
  const open = names.filter((name) => functions.holds(name) === undefined);
  const choices = withUndecided(choice, functions.undecided.slice(0, MAX_UNDECIDED));
  const resultsOf = (each: Choice): (boolean | undefined)[] => open.map((name) => new IntrinsicFunctions(source, each).holds(name));
  const first = resultsOf(choices[0]!);
  return choices.map((each) => {
    const changed = resultsOf(each).flatMap((holds, index) => (holds === first[index] ? [] : [`${open[index]} is ${holds ?? 'unknown'}`]));
    return { ...each, label: [choice.label, ...changed].filter((label) => label !== '').join(' and ') };
  });
}

function isCreated(resource: TemplateValue, functions: IntrinsicFunctions): boolean {
  const condition = field(resource, 'Condition');
  return typeof condition !== 'string' || functions.holds(condition) !== false;
}

function pathOf(resource: TemplateValue): string | undefined {
  const path = field(field(resource, 'Metadata'), 'aws:cdk:path');
  return typeof path === 'string' ? path : undefined;
}

function listOf(value: TemplateValue | undefined): readonly TemplateValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Whether a resource waits for another one, directly or through others. */
export function dependsOn(template: LintedTemplate, from: string, to: string, seen = new Set<string>()): boolean {
  const resource = template.resource(from);
  if (resource === undefined || seen.has(from)) return false;
  seen.add(from);
  const needed = [...resource.dependsOn, ...referencesIn(resource.properties)];
  return needed.includes(to) || needed.some((id) => dependsOn(template, id, to, seen));
}

/** The logical IDs that an evaluated value refers to, however deep inside. */
export function referencesIn(value: TemplateValue | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const name = functionName(value);
  const argument = field(value, name ?? '');
  if (name === 'Ref') return [String(argument)];
  if (name === 'Fn::GetAtt') return [String(items(argument)[0])];
  return Object.values(value).flatMap(referencesIn);
}

function parseJson(text: string, name: string): TemplateValue {
  try {
    return JSON.parse(text) as TemplateValue;
  } catch (error) {
    throw new InputError([`${name} must be a CloudFormation template in JSON, got no JSON: ${(error as Error).message}`]);
  }
}
