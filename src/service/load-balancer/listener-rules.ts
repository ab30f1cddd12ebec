import {
  type ApplicationListenerRule,
  CfnListenerRule,
  type IApplicationListener,
  type ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { isSameArn, type NamedArn } from './same-arn';

/** The rule of a listener that this app creates with a priority; undefined where there is none. The listener may be imported, and more than once. */
export function ruleWithPriority({ listenerArn: arn, node }: IApplicationListener, priority: number): CfnListenerRule | undefined {
  return rulesOf({ arn, by: node.scope! }).find((rule) => rule.priority === priority);
}

/** Another rule that this app creates with the priority of a rule, on its listener; undefined where there is none. */
export function otherRuleWithPriorityOf({ node }: ApplicationListenerRule): CfnListenerRule | undefined {
  const own = node.defaultChild as CfnListenerRule;
  return rulesOf({ arn: own.listenerArn!, by: own }).find((rule) => rule !== own && rule.priority === own.priority);
}

function rulesOf(listener: NamedArn): CfnListenerRule[] {
  return listener.by.node.root.node
    .findAll()
    .filter((node): node is CfnListenerRule => CfnListenerRule.isCfnListenerRule(node))
    .filter((rule) => rule.listenerArn !== undefined && isSameArn(listener, { arn: rule.listenerArn, by: rule }));
}

/** The fields of conditions, and the number of their values: texts, key/value pairs and regular expressions. */
export function conditionsIn(conditions: readonly ListenerCondition[]): { readonly field: string; readonly values: number }[] {
  return conditions.map((condition) => {
    const rendered = condition.renderRawCondition() as { field?: string };
    return { field: rendered.field ?? '', values: valuesIn(rendered) };
  });
}

function valuesIn(rendered: unknown): number {
  if (typeof rendered !== 'object' || rendered === null) return 0;
  const counts = Object.entries(rendered).map(([name, value]) =>
    (name === 'values' || name === 'regexValues') && Array.isArray(value) ? value.length : valuesIn(value),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
