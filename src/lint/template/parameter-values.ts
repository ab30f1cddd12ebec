import { type Choice, OTHER } from '../../plan/template/parameter-choice';
import { asObject, field, items, type TemplateValue } from '../../plan/template/template-value';

/** With more combinations, each parameter varies on its own. */
const MAX_COMBINATIONS = 64;

/** What deployment knows and a template may compare: `{ "Ref": "AWS::Region" }`. */
const PSEUDO_PARAMETERS = ['AWS::Region', 'AWS::Partition', 'AWS::AccountId', 'AWS::StackName'];

/** A parameter or a comparison, and the values that it may have. */
interface Varied {
  readonly name: string;
  readonly values: readonly TemplateValue[];
}

/** The choices of the parameters of a template under which its conditions and mappings differ. The first has the defaults. */
export function parameterChoices(template: TemplateValue): readonly Choice[] {
  const parameters = asObject(field(template, 'Parameters'));
  const variedParameters = decidingParameters(template).flatMap((name) => {
    const isDeclared = Object.hasOwn(parameters, name);
    if (!isDeclared && !PSEUDO_PARAMETERS.includes(name)) return [];
    return [{ name, values: valuesOf(template, name, parameters[name]) }];
  });
  return combinations(variedParameters).map((values) => ({
    parameters: Object.fromEntries(variedParameters.map(({ name }, index) => [name, values[index]!])),
    comparisons: {},
    label: labelOf(variedParameters, values),
  }));
}

/** The same choice with each result of the comparisons that no parameter decides. */
export function withUndecided(choice: Choice, comparisons: readonly string[]): readonly Choice[] {
  const variedComparisons = comparisons.map((name) => ({ name, values: [true, false] }));
  return combinations(variedComparisons).map((values) => ({
    ...choice,
    comparisons: Object.fromEntries(comparisons.map((name, index) => [name, values[index] === true])),
  }));
}

function labelOf(varied: readonly Varied[], values: readonly TemplateValue[]): string {
  const changed = varied.flatMap(({ name, values: [first] }, index) => {
    const value = values[index];
    if (value === first) return [];
    return [`${name} is ${typeof value === 'object' ? OTHER['AWS::Unknown'] : String(value)}`];
  });
  return changed.join(' and ');
}

function combinations(varied: readonly Varied[]): readonly (readonly TemplateValue[])[] {
  const count = varied.reduce((product, { values }) => product * values.length, 1);
  const defaults = varied.map(({ values }) => values[0]!);
  if (count > MAX_COMBINATIONS) return [defaults, ...oneAtATime(varied, defaults)];
  return varied.reduce<readonly (readonly TemplateValue[])[]>(
    (rows, { values }) => rows.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
}

function oneAtATime(varied: readonly Varied[], defaults: readonly TemplateValue[]): TemplateValue[][] {
  return varied.flatMap(({ values }, index) =>
    values.slice(1).map((value) => defaults.map((each, place) => (place === index ? value : each))),
  );
}

/** The names of the parameters that conditions compare, and that select a value of a mapping. */
function decidingParameters(template: TemplateValue): string[] {
  const selectors = functionsIn(field(template, 'Resources'), 'Fn::FindInMap').map((keys) => items(keys).slice(1));
  const names = [...refsIn(field(template, 'Conditions')), ...selectors.flatMap((keys) => keys.flatMap(refsIn))];
  return [...new Set(names)];
}

/** The default or `OTHER` first, then each value that the template allows or compares the parameter with. */
function valuesOf(template: TemplateValue, name: string, parameter: TemplateValue | undefined): TemplateValue[] {
  const value = field(parameter, 'Default');
  const allowed = items(field(parameter, 'AllowedValues'));
  const compared = functionsIn(field(template, 'Conditions'), 'Fn::Equals').flatMap((sides) =>
    items(sides).some((side) => field(side, 'Ref') === name) ? items(sides).filter((side) => typeof side !== 'object') : [],
  );
  const first = value ?? allowed[0] ?? OTHER;
  const others = allowed.length > 0 ? allowed : [...compared, ...mappingKeys(template, name), OTHER];
  const byText = new Map([first, ...others].map((each) => [typeof each === 'object' ? OTHER : String(each), each]));
  return [...byText.values()];
}

/** The keys of the mappings in which a parameter selects a value. */
function mappingKeys(template: TemplateValue, name: string): string[] {
  return functionsIn(field(template, 'Resources'), 'Fn::FindInMap').flatMap((keys) => {
    const [map, first, second] = items(keys);
    const mapping = asObject(field(field(template, 'Mappings'), String(map)));
    if (field(first, 'Ref') === name) return Object.keys(mapping);
    return field(second, 'Ref') === name ? Object.values(mapping).flatMap((rows) => Object.keys(asObject(rows))) : [];
  });
}

/** The arguments of all calls of an intrinsic function, however deep inside a value. */
function functionsIn(value: TemplateValue | undefined, name: string): TemplateValue[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...(key === name ? [inner] : []), ...functionsIn(inner, name)]);
}

function refsIn(value: TemplateValue | undefined): string[] {
  return functionsIn(value, 'Ref').filter((name) => typeof name === 'string');
}
