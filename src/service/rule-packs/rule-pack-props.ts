/**
 * What rule packs, such as those of cdk-nag, are told of a service.
 */
export interface RulePackProps {
  /**
   * Whether findings that are a choice or cannot be helped are acknowledged, each on the one resource that it is about, with the reason
   * in the metadata of that resource, where everybody can read it:
   *
   * - `AwsSolutions-EC23` on the rules by which the world reaches ports 443 and 80, where the service answers HTTPS. One that answers plain
   * HTTP keeps the finding.
   * - `AwsSolutions-IAM5[Resource::*]` on the policy by which ECS logs in to the registry, which holds that one permission: AWS knows no resource
   * for it.
   * - `AwsSolutions-IAM4` for the policy of AWS by which ECS moves traffic between two versions.
   *
   * Nothing that is added later is acknowledged with it.
   *
   * @default true
   */
  readonly acknowledgeFindings?: boolean;
}
