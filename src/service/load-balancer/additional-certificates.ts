import { createHash } from 'node:crypto';
import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type ApplicationListener, ApplicationListenerCertificate } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

/**
 * Adds the certificates that a listener has besides its default one.
 *
 * The id of each depends on its ARN and not on its place in the list, as it does in the CDK. Under the id of another certificate, CloudFormation
 * would delete the resource that had it before last, which takes the certificate off the listener for good.
 */
export function addCertificates(listener: ApplicationListener, certificates: readonly ICertificate[]): void {
  const unique = new Map(certificates.map((certificate) => [idOf(listener, certificate), certificate]));
  for (const [id, certificate] of unique) new ApplicationListenerCertificate(listener, id, { listener, certificates: [certificate] });
}

function idOf(listener: ApplicationListener, { certificateArn: arn }: ICertificate): string {
  const content = JSON.stringify([Stack.of(listener).resolve(arn), ...pathsOf(arn)]);
  return `Certificate${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
}

/** The constructs that an ARN refers to: two stacks may use one logical id. */
function pathsOf(arn: string): string[] {
  const { tokens } = Tokenization.reverseString(arn);
  return tokens.filter((token) => Reference.isReference(token)).map((reference) => reference.target.node.path);
}
