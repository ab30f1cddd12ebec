import { field, type TemplateValue } from '../../plan/template/template-value';
import { policiesOf, TRACKING } from '../template/scaling-policies';
import { isUnknown } from '../template/values';
import { type Check, problem } from './check';

/** The properties of which a specification has one. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  PredefinedMetricSpecification: ['PredefinedMetricType'],
  CustomizedMetricSpecification: ['MetricName', 'Metrics'],
};

const KINDS = Object.keys(NAMES);

/** A target-tracking policy follows one metric. */
export const oneMetric: Check = {
  id: 'one-metric',
  severity: 'error',
  finds: 'a target-tracking policy with no metric, or with two',
  consequence: 'Application Auto Scaling rejects the policy',
  find: (template) =>
    policiesOf(template).flatMap(({ resource, tracking }) => {
      if (tracking === undefined || isUnknown(tracking)) return [];
      const given = KINDS.filter((kind) => field(tracking, kind) !== undefined);
      if (given.length > 1) {
        const reason = 'the policy has a predefined and a customized metric';
        return [problem(resource, TRACKING, reason, 'keep one of them, and write a second policy for the other')];
      }
      const [kind] = given;
      if (kind === undefined) return [problem(resource, TRACKING, 'the policy has no metric', `write ${KINDS.join(' or ')}`)];
      const wrong = wrongMetric(kind, field(tracking, kind));
      return wrong === undefined ? [] : [problem(resource, `${TRACKING}.${kind}`, wrong.reason, wrong.fix)];
    }),
};

function wrongMetric(kind: string, metric: TemplateValue | undefined): { reason: string; fix: string } | undefined {
  if (isUnknown(metric)) return undefined;
  const names = NAMES[kind]!;
  const given = names.filter((name) => field(metric, name) !== undefined);
  if (given.length === 0) return { reason: `${kind} has no ${names.join(' or ')}`, fix: `write ${names.join(' or ')}` };
  return given.length === 1 ? undefined : { reason: `${kind} has ${given.join(' and ')}`, fix: 'keep one of them' };
}
