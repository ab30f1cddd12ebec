import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { RulePackProps } from './rule-pack-props';

/** What a rule pack would say of a resource, and why it may stand. */
export interface Acknowledgement {
  /** The rule, such as `AwsSolutions-IAM5`. */
  readonly rule: string;

  /** What of the resource it is about, where the rule may find several things. */
  readonly detail?: string;
  readonly reason: string;
}

/** What CDKs from 2.257 on have, and rule packs ask. */
interface Validations {
  of(scope: IConstruct): { acknowledge(rule: { id: string; reason: string }): void };
}

/**
 * Says of one resource that a finding about it may stand, and why, unless the props forbid it.
 *
 * It reaches cdk-nag 3 through the CDK, where that is new enough, and cdk-nag 2, and whoever reads the template, through the metadata of the
 * resource.
 */
export function acknowledge(resource: IConstruct | undefined, { rule, detail, reason }: Acknowledgement, props: RulePackProps): void {
  if (!(props.acknowledgeFindings ?? DEFAULTS.acknowledgeFindings) || !cdk.CfnResource.isCfnResource(resource)) return;
  const { Validations: validations } = cdk as { Validations?: Validations };
  validations?.of(resource).acknowledge({ id: detail === undefined ? rule : `${rule}[${detail}]`, reason });
  const suppression = { id: rule, reason, ...(detail !== undefined && { applies_to: [detail] }) };
  resource.addMetadata('cdk_nag', { rules_to_suppress: [suppression] });
}
