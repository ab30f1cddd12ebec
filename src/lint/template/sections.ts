import type { TemplateValue } from '../../plan/template/template';

/** The entries of an object of a template, such as its resources or the properties of one. */
export type Section = Readonly<Record<string, TemplateValue>>;

/** The entries of an object; none for anything else. */
export function asObject(value: TemplateValue | undefined): Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Section) : {};
}
