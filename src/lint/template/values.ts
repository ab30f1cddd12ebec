import { DYNAMIC_REFERENCE, functionName } from '../../plan/template/function-names';
import { field, items, type TemplateValue } from '../../plan/template/template-value';

/** A number, or a text that is one; undefined for anything else, and for what only deployment knows. */
export function numberOf(value: TemplateValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A text, or a number or boolean as text; undefined for anything else, and for what only deployment knows. */
export function textOf(value: TemplateValue | undefined): string | undefined {
  return typeof value === 'object' || value === undefined || isUnknown(value) ? undefined : String(value);
}

/** Whether a value is true, as CloudFormation reads it. */
export function isTrue(value: TemplateValue | undefined): boolean {
  return textOf(value)?.toLowerCase() === 'true';
}

/** Whether deployment decides what a value is. */
export function isUnknown(value: TemplateValue | undefined): boolean {
  return typeof value === 'string' ? value.includes(DYNAMIC_REFERENCE) : functionName(value) !== undefined;
}

/** A value that can be compared: equal keys are equal values. */
export function keyOf(value: TemplateValue | undefined): string {
  const number = numberOf(value);
  return JSON.stringify(number === undefined ? sortedKeys(value ?? null) : String(number));
}

function sortedKeys(value: TemplateValue): TemplateValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sortedKeys);
  const entries = Object.entries(value).map(([key, inner]) => [key, sortedKeys(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The value of an attribute of a list such as `[{ Key, Value }]`; undefined where it is not set. */
export function attributeIn(list: TemplateValue | undefined, key: string): TemplateValue | undefined {
  const attribute = items(list).find((candidate) => field(candidate, 'Key') === key);
  return field(attribute, 'Value');
}
