import type { Section, TemplateValue } from './template-value';

/** A resource of a template, with its logical id. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  /** Without intrinsic functions, or with those that only a deployment can evaluate. */
  readonly properties: Section;
  /** How CloudFormation updates it: the update policy of an Auto Scaling group; undefined if there is none. */
  readonly updatePolicy?: TemplateValue;
  /** The names of what only a deployment knows and that decides whether there is this resource; undefined if there is. */
  readonly undecidedBy?: readonly string[];
}
