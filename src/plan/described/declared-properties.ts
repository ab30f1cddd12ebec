import { PROPERTY_TABLES } from '../template/properties/not-followed';
import { isObject, type Section, type TemplateValue } from '../template/template-value';

/**
 * The properties with which a template would declare a described resource: those that CloudFormation has for its type, without the state that
 * only a description has, such as the running count.
 */
export function declaredProperties(type: string, described: Section): Section {
  const table = PROPERTY_TABLES[type];
  if (table === undefined) return described;
  const attributes = table.attributes === undefined ? [] : [table.attributes.property];
  const paths = [...table.read, ...table.references, ...table.withoutEffect, ...Object.keys(table.assumed), ...attributes];
  const names = new Set(paths.map((path) => path.split('.')[0]));
  return Object.fromEntries(Object.entries(described).filter(([name, value]) => names.has(name) && !isEmpty(value)));
}

/** A description has an empty list where nothing was declared. */
function isEmpty(value: TemplateValue): boolean {
  return value === null || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);
}

/** The names of ECS that CloudFormation has another one for. */
const RENAMED: Readonly<Record<string, string>> = { PlacementStrategy: 'PlacementStrategies' };

/** The members of the API of ECS begin with a small letter, those of CloudFormation with a capital one. */
export function capitalized(value: TemplateValue): TemplateValue {
  if (Array.isArray(value)) return value.map((item) => capitalized(item as TemplateValue));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      const capital = name.charAt(0).toUpperCase() + name.slice(1);
      return [RENAMED[capital] ?? capital, capitalized(inner)];
    }),
  );
}
