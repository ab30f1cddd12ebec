import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';

/** The region and the account of a certificate; what is not known is undefined or a token. */
export interface CertificatePlace {
  readonly region?: string;
  readonly account?: string;
}

const ACM_ARN = /^arn:[^:]+:acm:([^:]+):([^:]+):/;

/** The place of a certificate: that of its ARN, that of its props, or that of the stack in which it is created. */
export function certificatePlaceOf(certificate: ICertificate): CertificatePlace {
  const { certificateArn: arn, env } = certificate;
  const [, region, account] = ACM_ARN.exec(arn) ?? [];
  if (region !== undefined) return { region, account };
  const { tokens } = Tokenization.reverseString(arn);
  const [reference] = tokens.filter((token) => Reference.isReference(token));
  const { region: regionOfStack, account: accountOfStack } = reference === undefined ? env : Stack.of(reference.target);
  // `DnsValidatedCertificate`, which many apps still have, requests its certificate in a region of its props.
  const { region: requested } = certificate as { readonly region?: string };
  return { region: requested ?? regionOfStack, account: accountOfStack };
}
