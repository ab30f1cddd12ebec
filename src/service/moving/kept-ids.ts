import { FeatureFlags, Names, Stack } from 'aws-cdk-lib';
import { ECS_PATTERNS_UNIQUE_TARGET_GROUP_ID } from 'aws-cdk-lib/cx-api';
import { Construct, type IConstruct, RootConstruct } from 'constructs';
import type { MovingProps } from './moving-props';
import { type PatternProps, patternListenerPort, patternOf } from './pattern-facts';

/**
 * The construct ids of a pattern.
 *
 * The same path has the same logical id, the same generated names, and the same ids of the security group rules that others create for it.
 */
const PATTERN_IDS = {
  loadBalancer: 'LB',
  listener: 'PublicListener',
  redirect: 'PublicRedirectListener',
  record: 'DNS',
  taskDefinition: 'TaskDef',
} as const;

/** The id of the load balancer. */
export function loadBalancerIdOf(props: MovingProps): string {
  return patternOf(props) === undefined ? 'LoadBalancer' : PATTERN_IDS.loadBalancer;
}

/** The id of the task definition. */
export function taskDefinitionIdOf(props: MovingProps): string {
  return patternOf(props) === undefined ? 'TaskDefinition' : PATTERN_IDS.taskDefinition;
}

/** The id of the record of a pattern. */
export const PATTERN_RECORD_ID = PATTERN_IDS.record;

/** The id of the listener that a pattern has on a port; undefined where it has none. */
export function keptListenerId(port: number, props: MovingProps): string | undefined {
  const pattern = patternOf(props);
  if (pattern === undefined) return undefined;
  if (port === patternListenerPort(pattern)) return PATTERN_IDS.listener;
  return port === 80 && pattern.redirectHTTP === true ? PATTERN_IDS.redirect : undefined;
}

/** The logical id of the target group of a pattern, which it has below its listener. */
export function patternTargetGroupId(service: IConstruct, pattern: PatternProps): string {
  const loadBalancer =
    pattern.loadBalancer === undefined ? [...idsInStack(service), PATTERN_IDS.loadBalancer] : idsInStack(pattern.loadBalancer);
  const isUnique = FeatureFlags.of(service).isEnabled(ECS_PATTERNS_UNIQUE_TARGET_GROUP_ID) === true;
  const isPublic = pattern.publicLoadBalancer ?? true;
  const id = isUnique ? `ECS${pattern.loadBalancerName ?? ''}${isPublic ? '' : 'Private'}` : 'ECS';
  return logicalIdAt([...loadBalancer, PATTERN_IDS.listener, `${id}Group`, 'Resource']);
}

/** The ids of the path of a construct in its stack. */
function idsInStack(construct: IConstruct): string[] {
  const { scopes } = construct.node;
  return scopes.slice(scopes.indexOf(Stack.of(construct)) + 1).map(({ node }) => node.id);
}

/** The logical id that the CDK gives a resource at a path of its stack. */
function logicalIdAt(ids: readonly string[]): string {
  return Names.uniqueId(ids.reduce<Construct>((scope, id) => new Construct(scope, id), new RootConstruct()));
}
