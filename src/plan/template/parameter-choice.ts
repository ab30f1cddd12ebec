import type { Section } from './template-value';

/** Values of the parameters of a template, and results of the comparisons that no parameter decides. */
export interface Choice {
  /** `OTHER` is a value that the template names nowhere. */
  readonly parameters: Section;
  readonly comparisons: Readonly<Record<string, boolean>>;
  /** The values that are not the defaults, such as `Stage is prod`; empty for the choice of the defaults. */
  readonly label: string;
  /**
   * What only a deployment knows, by the name that an error asks for: a parameter, `ImportValue:Name`, `resolve:ssm:/name` or
   * `Resource.Attribute`.
   *
   * @default - nothing
   */
  readonly deployed?: Readonly<Record<string, string>>;
}

/** A value that the template does not name: unknown, and equal to no value that it names. */
export const OTHER = { 'AWS::Unknown': 'another value' } as const;
