import type { IApplicationListener, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { wholeNumberErrors } from '../prop-rules';
import { conditionsIn, ruleWithPriority } from './listener-rules';
import type { SharedListenerProps } from './shared-listener-props';
import { sharedLoadBalancer } from './shared-load-balancer';

/** Returns an error for each rule of a listener rule on a shared listener that the props break. */
export function sharedListenerErrors(listener: IApplicationListener, props: SharedListenerProps): ValidationError[] {
  const { conditions = [], priority, transforms = [] } = props;
  const types = transforms.map(({ _transform }) => _transform.type);
  return [
    ...(conditions.length === 0 ? [validationError('conditions', 'be given beside listener')] : []),
    ...(priority === undefined ? [validationError('priority', 'be given beside listener')] : []),
    ...(new Set(types).size === types.length ? [] : [validationError('transforms', 'have at most one of each type', types.join(', '))]),
    ...(sharedLoadBalancer(props) === undefined ? [validationError('loadBalancer', 'be given beside an imported listener')] : []),
    ...(priority === undefined ? [] : priorityErrors(listener, priority)),
    ...conditionErrors(conditions),
  ];
}

function priorityErrors(listener: IApplicationListener, priority: number): ValidationError[] {
  const other = ruleWithPriority(listener, priority);
  return [
    ...wholeNumberErrors('priority', priority, 1, 50_000),
    ...(other === undefined
      ? []
      : [validationError('priority', `be one that no other rule of listener has, as ${other.node.scope!.node.path} does`, priority)]),
  ];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#rules-quotas */
const MAX_VALUES = 5;

/** The fields that a rule may have several conditions of (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html). */
const REPEATABLE = ['http-header', 'query-string', ''];

function conditionErrors(conditions: readonly ListenerCondition[]): ValidationError[] {
  const rendered = conditionsIn(conditions);
  const values = rendered.reduce((sum, condition) => sum + condition.values, 0);
  const fields = rendered.map(({ field }) => field).filter((field) => !REPEATABLE.includes(field));
  const repeated = new Set(fields.filter((field, index) => fields.indexOf(field) !== index));
  return [
    ...(values > MAX_VALUES
      ? [validationError('conditions', `have at most ${MAX_VALUES} values together: use a second service, or a wildcard`, values)]
      : []),
    ...[...repeated].map((field) => validationError('conditions', `have at most one condition on ${field}, with several values`, 'two')),
  ];
}
