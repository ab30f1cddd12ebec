/** A value as CloudFormation writes it: plain, or an intrinsic function such as `{ "Ref": "Name" }`. */
export type TemplateValue = string | number | boolean | null | readonly TemplateValue[] | { readonly [key: string]: TemplateValue };

/** A property of a value; undefined if the value is not an object, or does not have it. */
export function field(value: TemplateValue | undefined, name: string): TemplateValue | undefined {
  const section = asObject(value);
  return Object.hasOwn(section, name) ? section[name] : undefined;
}

/** The items of a list; none if the value is not a list. */
export function items(value: TemplateValue | undefined): readonly TemplateValue[] {
  return Array.isArray(value) ? value : [];
}

/** The entries of an object of a template, such as its resources or the properties of one. */
export type Section = Readonly<Record<string, TemplateValue>>;

/** The entries of an object; none for anything else. */
export function asObject(value: TemplateValue | undefined): Section {
  return isObject(value) ? value : {};
}

/** Whether a value has entries by name. */
export function isObject(value: TemplateValue | undefined): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
