import type { IApiCall, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { removeRepeatedStatements } from './role-statements';
import type { TestedService } from './tested-service';

/**
 * Expects an attribute of the target group.
 *
 * The attributes are a list in no documented order, so that no path leads to one of them: all are returned. They fit, as there are about
 * thirty and each is short.
 */
export function expectTargetGroupAttribute(
  integ: IntegTest,
  { targetGroup }: Pick<TestedService, 'targetGroup'>,
  key: string,
  value: string,
): IApiCall {
  const expected = { Attributes: { $ArrayWith: [{ $ObjectLike: { Key: key, Value: value } }] } };
  const call = integ.assertions
    .awsApiCall('elastic-load-balancing-v2', 'describeTargetGroupAttributes', { TargetGroupArn: targetGroup.targetGroupArn })
    .expect({ result: JSON.stringify({ $ObjectLike: expected }) });
  removeRepeatedStatements(call);
  return call;
}
