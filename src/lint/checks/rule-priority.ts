import { LISTENER_RULE } from '../template/load-balancing';
import { keyOf, numberOf } from '../template/values';
import { type Check, problem, repeated } from './check';

const [MIN_PRIORITY, MAX_PRIORITY] = [1, 50_000];

/** The priorities of the rules of a listener are their order. */
export const rulePriority: Check = {
  id: 'rule-priority',
  severity: 'error',
  finds: 'two rules with one priority on one listener, or a priority outside of 1 to 50000',
  consequence: 'Elastic Load Balancing rejects the rule',
  find: (template) => {
    const rules = template.ofType(LISTENER_RULE);
    const outside = rules.filter(({ properties }) => {
      const priority = numberOf(properties['Priority']);
      return priority !== undefined && !(Number.isInteger(priority) && priority >= MIN_PRIORITY && priority <= MAX_PRIORITY);
    });
    const equal = repeated(rules, ({ properties }) => {
      const { ListenerArn: listener, Priority: priority } = properties;
      return listener === undefined || priority === undefined ? undefined : keyOf(listener) + keyOf(priority);
    });
    return [
      ...outside.map((rule) =>
        problem(
          rule,
          'Priority',
          `Priority is ${keyOf(rule.properties['Priority'])}`,
          `write a whole number from ${MIN_PRIORITY} to ${MAX_PRIORITY}`,
        ),
      ),
      ...equal.map(([first, rule]) =>
        problem(rule, 'Priority', `${first.id} has the same priority on this listener`, 'write a priority of its own for each rule'),
      ),
    ];
  },
};
