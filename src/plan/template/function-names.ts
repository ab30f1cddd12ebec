import { asObject, type TemplateValue } from './template-value';

/** The name of the intrinsic function that a value calls: `Ref` or `Fn::…`. */
export function functionName(value: TemplateValue | undefined): string | undefined {
  const keys = Object.keys(asObject(value));
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]!.startsWith('Fn::')) ? keys[0] : undefined;
}

/** A parameter of Systems Manager or a secret, which CloudFormation reads at deployment. */
export const DYNAMIC_REFERENCE = '{{resolve:';

/** The beginning of the name of an export in the names of what only a deployment knows. */
export const IMPORT_VALUE = 'ImportValue:';

/** The function, and the name of what only a deployment knows: the Availability Zones of a region. */
export const ZONES = 'Fn::GetAZs';

/** The attributes that are what `Ref` returns, for all types that have them here. */
export const SAME_AS_REF = [
  ...['LoadBalancerArn', 'ListenerArn', 'RuleArn', 'TargetGroupArn', 'ServiceArn', 'TaskDefinitionArn'],
  ...['VpcId', 'SubnetId', 'GroupId', 'RouteTableId', 'InternetGatewayId', 'NatGatewayId'],
];

/** Whether deployment decides a value or a part of it. */
export function referencesUnknown(value: TemplateValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return functionName(value) !== undefined || Object.values(value).some(referencesUnknown);
}
