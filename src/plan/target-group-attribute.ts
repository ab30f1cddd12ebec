import { field, items, type Resource, type TemplateValue } from './template';

/** The value of an attribute of a target group, where it has one. */
export function targetGroupAttribute(targetGroup: Resource, key: string): TemplateValue | undefined {
  const attribute = items(targetGroup.properties.TargetGroupAttributes).find((candidate) => field(candidate, 'Key') === key);
  return field(attribute, 'Value');
}
