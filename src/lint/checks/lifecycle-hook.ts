import { formatError } from '../../parse/validation-error';
import {
  DEFAULT_HOOK_TIMEOUT,
  LIFECYCLE_STAGES,
  type LifecycleHook,
  type LifecycleStage,
  lifecycleHookErrors,
} from '../../plan/lifecycle-hooks';
import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { servicesOf } from '../template/ecs-service';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** A lifecycle hook of a deployment is at a stage that can have it, and times out within 14 days. */
export const lifecycleHook: Check = {
  id: 'lifecycle-hook',
  severity: 'error',
  finds: 'a deployment that pauses while traffic moves, or a lifecycle hook with a timeout that is not from 1 to 20160 minutes',
  consequence: 'ECS rejects the deployment configuration',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) =>
      items(field(service.properties['DeploymentConfiguration'], 'LifecycleHooks')).flatMap((hook, index) =>
        lifecycleHookErrors(knownPart(hook)).map((error) =>
          problem(service, `DeploymentConfiguration.LifecycleHooks.${index}`, formatError(error), FIX),
        ),
      ),
    ),
};

const FIX =
  'pause before or after the traffic shift, such as at PRE_PRODUCTION_TRAFFIC_SHIFT, and write a TimeoutInMinutes from 1 to 20160';

/** What is known of a hook before deployment; a valid value for the rest. */
function knownPart(hook: TemplateValue): LifecycleHook {
  const stages = items(field(hook, 'LifecycleStages')).flatMap((stage) => LIFECYCLE_STAGES.filter((name) => name === textOf(stage)));
  const { timeoutMinutes, timeoutAction } = DEFAULT_HOOK_TIMEOUT;
  return {
    targetType: textOf(field(hook, 'TargetType')) === 'PAUSE' ? 'PAUSE' : 'AWS_LAMBDA',
    stages: stages.length > 0 ? stages : (['POST_SCALE_UP'] satisfies LifecycleStage[]),
    timeoutMinutes: numberOf(field(field(hook, 'TimeoutConfiguration'), 'TimeoutInMinutes')) ?? timeoutMinutes,
    timeoutAction,
  };
}
