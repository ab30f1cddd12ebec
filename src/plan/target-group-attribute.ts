import { attributeOf } from './attribute-of';
import type { Resource, TemplateValue } from './template';

/** The value of an attribute of a target group, where it has one. */
export function targetGroupAttribute({ properties }: Resource, key: string): TemplateValue | undefined {
  return attributeOf(properties.TargetGroupAttributes, key);
}
