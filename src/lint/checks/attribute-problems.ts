import { field, items } from '../../plan/template/template-value';
import { type AttributeRule, brokenRule, similarKey } from '../template/attribute-keys';
import type { LintedResource } from '../template/linted-template';
import { textOf } from '../template/values';
import { type Problem, problem } from './check';

/** The attributes of a resource that are unknown, or whose values are not allowed. */
export function attributeProblems(
  resource: LintedResource,
  list: string,
  rules: Readonly<Record<string, AttributeRule>>,
  owner: string,
): readonly Problem[] {
  return items(resource.properties[list]).flatMap((attribute, index) => {
    const key = textOf(field(attribute, 'Key'));
    if (key === undefined) return [];
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      const fix = `write '${similarKey(key, Object.keys(rules))}', or remove it`;
      return [problem(resource, `${list}.${index}.Key`, `'${key}' is no attribute of ${owner}`, fix)];
    }
    const value = textOf(field(attribute, 'Value'));
    const allowed = brokenRule(rule, value);
    return allowed === undefined ? [] : [problem(resource, `${list}.${index}.Value`, `${key} is '${value}'`, `write ${allowed}`)];
  });
}
