import { DYNAMIC_REFERENCE, functionName, IMPORT_VALUE, ZONES } from './function-names';
import { asObject, field, items, type TemplateValue } from './template-value';

/**
 * The names of what only a deployment knows in an evaluated value, as they are given: `Name` of a parameter, `ImportValue:Name`,
 * `resolve:ssm:/name`, `Resource.Attribute`.
 *
 * @param conditions the evaluated conditions of the template: a branch depends on what its condition depends on.
 */
export function missingNames(value: TemplateValue | undefined, conditions: TemplateValue = {}): readonly string[] {
  return [...new Set(namesIn(value, conditions, new Set()))];
}

function namesIn(value: TemplateValue | undefined, conditions: TemplateValue, seen: Set<string>): string[] {
  if (typeof value === 'string') return dynamicReferences(value);
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item, conditions, seen));
  const name = functionName(value) ?? (Object.keys(value).length === 1 && field(value, 'Condition') !== undefined ? 'Condition' : '');
  const argument = field(value, name);
  switch (name) {
    case 'Ref':
      return [String(argument)];
    case 'Fn::GetAtt':
      return [items(argument).join('.')];
    case 'Fn::ImportValue':
      return typeof argument === 'string' ? [IMPORT_VALUE + argument] : namesIn(argument, conditions, seen);
    case ZONES:
      return [ZONES];
    case 'Fn::If':
      return ofCondition(String(items(argument)[0]), conditions, seen);
    case 'Condition':
      return ofCondition(String(argument), conditions, seen);
    default:
      return Object.values(asObject(value)).flatMap((inner) => namesIn(inner, conditions, seen));
  }
}

/** How to give what only a deployment knows. */
export function howToGive(name: string): string {
  return `give it with --parameter '${name.slice(0, MAX_NAME_CHARACTERS)}=…', or in the parameters of Plan.ofTemplate`;
}

/** A longer name is hard to read in an error. */
export const MAX_NAME_CHARACTERS = 60;

/** The names that a condition depends on. */
export function namesOfCondition(name: string, conditions: TemplateValue): readonly string[] {
  return [...new Set(ofCondition(name, conditions, new Set()))];
}

function ofCondition(name: string, conditions: TemplateValue, seen: Set<string>): string[] {
  if (seen.has(name)) return [];
  seen.add(name);
  return namesIn(field(conditions, name), conditions, seen);
}

function dynamicReferences(text: string): string[] {
  if (!text.includes(DYNAMIC_REFERENCE)) return [];
  return [...text.matchAll(/\{\{(resolve:[^}]*)\}\}/g)].map((match) => match[1]!);
}
