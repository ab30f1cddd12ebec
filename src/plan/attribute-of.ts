import { field, items, type TemplateValue } from './template';

/** The value of an attribute in a list such as `[{ Key, Value }]`, where it has one. */
export function attributeOf(list: TemplateValue | undefined, key: string): TemplateValue | undefined {
  const attribute = items(list).find((candidate) => field(candidate, 'Key') === key);
  return field(attribute, 'Value');
}
