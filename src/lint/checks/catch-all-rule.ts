import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { LISTENER_RULE } from '../template/load-balancing';
import { keyOf, numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** Rules are evaluated by priority, and the first that matches decides. */
export const catchAllRule: Check = {
  id: 'catch-all-rule',
  severity: 'warning',
  finds: 'a rule for all requests before other rules of the listener',
  consequence: 'the rules after it never get a request',
  find: (template) => {
    const rules = template.ofType(LISTENER_RULE);
    return rules.flatMap((rule) => {
      const priority = numberOf(rule.properties['Priority']);
      if (priority === undefined || !matchesAll(rule.properties['Conditions'])) return [];
      const hidden = rules.filter(({ properties }) => {
        const later = numberOf(properties['Priority']);
        return keyOf(properties['ListenerArn']) === keyOf(rule.properties['ListenerArn']) && later !== undefined && later > priority;
      });
      if (hidden.length === 0) return [];
      const reason = `it matches all requests with priority ${priority}, before ${hidden.map(({ id }) => id).join(', ')}`;
      return [problem(rule, 'Priority', reason, 'write the highest number of all priorities of the listener, or a narrower condition')];
    });
  },
};

/** Whether no request can fail to match the conditions. */
export function matchesAll(conditions: TemplateValue | undefined): boolean {
  const list = items(conditions);
  return (
    list.length > 0 &&
    list.every((condition) => valuesOf(condition).some((value) => textOf(value) === '*' || (isPath(condition) && textOf(value) === '/*')))
  );
}

function isPath(condition: TemplateValue): boolean {
  return textOf(field(condition, 'Field')) === 'path-pattern' || field(condition, 'PathPatternConfig') !== undefined;
}

function valuesOf(condition: TemplateValue): readonly TemplateValue[] {
  const name = textOf(field(condition, 'Field'));
  if (name !== 'path-pattern' && name !== 'host-header') return [];
  const configuration = field(condition, name === 'path-pattern' ? 'PathPatternConfig' : 'HostHeaderConfig');
  return [...items(field(condition, 'Values')), ...items(field(configuration, 'Values'))];
}
