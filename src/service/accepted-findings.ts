import * as cdk from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { DEFAULTS } from '../plan/default-plan';

/** A finding of a rule pack about a resource, and why it is accepted. */
export interface Acknowledgement {
  /** The rule, such as `AwsSolutions-IAM5`. */
  readonly rule: string;

  /** The parts of the resource that the findings are about, where a rule has several. */
  readonly details?: readonly string[];
  readonly reason: string;
}

/** The API of the CDK, from 2.257 on, that rule packs read. */
interface Validations {
  of(scope: IConstruct): { acknowledge(rule: { id: string; reason: string }): void };
}

/**
 * Acknowledges a finding about one resource, unless the props forbid it.
 *
 * cdk-nag 3 reads it through the API of the CDK, where the CDK is new enough; cdk-nag 2 and readers of the template find it in the metadata
 * of the resource.
 */
export function acknowledge(resource: IConstruct | undefined, { rule, details, reason }: Acknowledgement, props: RulePackProps): void {
  if (!(props.acknowledgeFindings ?? DEFAULTS.acknowledgeFindings) || !cdk.CfnResource.isCfnResource(resource)) return;
  const { Validations: validations } = cdk as { Validations?: Validations };
  const ids = details === undefined ? [rule] : details.map((detail) => `${rule}[${detail}]`);
  for (const id of ids) acknowledgeByCdk(validations, resource, { id, reason });
  const suppression: Suppression = { id: rule, reason, ...(details !== undefined && { applies_to: details }) };
  resource.addMetadata(METADATA, { rules_to_suppress: [...suppressionsOf(resource), suppression] });
}

/**
 * Some versions of the CDK, such as 2.257, refuse an ID with more than one `::`, which those of cdk-nag 3 about an ARN have. The finding is
 * reported there, and acknowledged for readers of the template all the same.
 */
function acknowledgeByCdk(validations: Validations | undefined, resource: IConstruct, rule: { id: string; reason: string }): void {
  try {
    validations?.of(resource).acknowledge(rule);
  } catch (error) {
    if (!(error as Error).message.startsWith('Invalid validation rule ID')) throw error;
  }
}

/** Takes an acknowledgement back, where what was accepted is no longer all that there is. */
export function withdraw(resource: cdk.CfnResource, rule: string): void {
  for (const { type, data } of resource.node.metadata) if (type === ACKNOWLEDGED) deleteRule(data, rule);
  const others = suppressionsOf(resource).filter(({ id }) => id !== rule);
  if (others.length > 0) resource.addMetadata(METADATA, { rules_to_suppress: others });
  else delete resource.cfnOptions.metadata?.[METADATA];
}

/** The CDK has acknowledgements in the metadata of a construct, and no method that takes one back. */
function deleteRule(data: Record<string, string>, rule: string): void {
  for (const id of Object.keys(data)) if (id.endsWith(rule)) delete data[id];
}

/** What cdk-nag 2 reads in a template. */
interface Suppression {
  readonly id: string;
  readonly reason: string;
  readonly applies_to?: readonly string[];
}

/** The metadata of a resource that cdk-nag 2 reads. */
const METADATA = 'cdk_nag';

/** The metadata of a construct that has what is acknowledged through the CDK. */
const ACKNOWLEDGED = 'aws:cdk:acknowledged-rules';

function suppressionsOf(resource: cdk.CfnResource): readonly Suppression[] {
  return resource.getMetadata(METADATA)?.rules_to_suppress ?? [];
}

/**
 * Properties for rule packs such as cdk-nag.
 *
 * @internal
 */
export interface RulePackProps {
  /**
   * Whether findings of rule packs that are accepted by design or unavoidable are acknowledged: each on its one resource, with the reason in the
   * metadata of that resource.
   *
   * - `AwsSolutions-EC23` on ingress from any address to ports 443 and 80, where the service listens for HTTPS. A service that listens for HTTP
   * keeps the finding.
   * - `AwsSolutions-IAM5` on policies of the two roles of the tasks that have nothing else: the login to the registry, traces, ECS Exec and the log
   * router need permissions on more than one resource.
   * - `AwsSolutions-ECS2` on the task definition, while all its variables are `PORT` and those of `tracing`.
   * - `AwsSolutions-IAM4` on the AWS managed policy with which ECS moves traffic between two revisions.
   *
   * Findings about what is added later are not acknowledged.
   *
   * @default true
   */
  readonly acknowledgeFindings?: boolean;
}
