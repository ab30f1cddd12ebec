import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { isOther, wholeNumberErrors } from '../prop-rules';
import type { WebAcl } from './web-acl';

/** Where a web ACL is. What only the deployment knows is undefined. */
interface Place {
  readonly isGlobal: boolean;
  readonly region?: string;
  readonly account?: string;
}

/** Returns an error for each rule of web ACLs that the props break. */
export function webAclErrors(scope: Construct, webAcl: WebAcl | undefined): ValidationError[] {
  const { _managedOptions: managed, _webAclArn: arn } = webAcl ?? {};
  return [
    ...wholeNumberErrors('webAcl.requestsPerFiveMinutes', managed?.requestsPerFiveMinutes, 10, 2_000_000_000),
    ...(arn === undefined ? [] : arnErrors(scope, arn)),
  ];
}

function arnErrors(scope: Construct, arn: string): ValidationError[] {
  const place = placeOf(arn);
  if (place === undefined) {
    const form = 'arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/NAME/ID';
    return [validationError('webAcl', `be the ARN of an AWS WAF web ACL, such as ${form}`, `'${arn}'`)];
  }
  if (place.isGlobal) {
    return [validationError('webAcl', 'have the scope REGIONAL, as CLOUDFRONT is for distributions only', 'one of CLOUDFRONT')];
  }
  const { region, account } = Stack.of(scope);
  return [
    ...(isOther(place.region, region)
      ? [validationError('webAcl', `be in ${region}, the region of its load balancer`, `one in ${place.region}`)]
      : []),
    ...(isOther(place.account, account)
      ? [validationError('webAcl', `be in account ${account}, which is that of its load balancer`, `one in ${place.account}`)]
      : []),
  ];
}

const WEB_ACL_ARN = /^arn:[^:]+:wafv2:([^:]+):([^:]+):(regional|global)\/webacl\//;

/** The place of a web ACL, of which an ARN may have parts that are tokens; undefined if it is none. */
function placeOf(arn: string): Place | undefined {
  const [, region, account, scope] = WEB_ACL_ARN.exec(arn) ?? [];
  if (scope !== undefined) return { isGlobal: scope === 'global', region, account };
  if (!Token.isUnresolved(arn)) return undefined;
  const created = Tokenization.reverseString(arn).tokens.filter((token) => Reference.isReference(token));
  const webAcl = created.map(({ target }) => target).find((target) => CfnWebACL.isCfnWebACL(target));
  if (webAcl === undefined) return { isGlobal: false };
  const { region: regionOfStack, account: accountOfStack } = Stack.of(webAcl);
  return { isGlobal: (webAcl as CfnWebACL).scope === 'CLOUDFRONT', region: regionOfStack, account: accountOfStack };
}
