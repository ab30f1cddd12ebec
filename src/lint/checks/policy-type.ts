import { SCALING_POLICY } from '../template/ecs-service';
import { TRACKING } from '../template/scaling-policies';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

const CONFIGURATIONS: Readonly<Record<string, string>> = {
  TargetTrackingScaling: TRACKING,
  StepScaling: 'StepScalingPolicyConfiguration',
  PredictiveScaling: 'PredictiveScalingPolicyConfiguration',
};

/** Each type of policy has a configuration of its own. */
export const policyType: Check = {
  id: 'policy-type',
  severity: 'error',
  finds: 'a scaling policy whose type is unknown, or whose configuration belongs to another type',
  consequence: 'Application Auto Scaling rejects the policy',
  find: (template) =>
    template.ofType(SCALING_POLICY).flatMap((policy) => {
      const type = textOf(policy.properties['PolicyType']);
      if (type === undefined) return [];
      const needed = CONFIGURATIONS[type];
      if (needed === undefined) {
        return [problem(policy, 'PolicyType', `PolicyType is '${type}'`, `write ${Object.keys(CONFIGURATIONS).join(', ')}`)];
      }
      const others = Object.values(CONFIGURATIONS).filter((name) => name !== needed && policy.properties[name] !== undefined);
      if (policy.properties[needed] === undefined) {
        return [problem(policy, 'PolicyType', `PolicyType is ${type}, without ${needed}`, `write ${needed}`)];
      }
      return others.map((name) => problem(policy, name, `PolicyType is ${type}, beside ${name}`, `remove ${name}, or change the type`));
    }),
};
