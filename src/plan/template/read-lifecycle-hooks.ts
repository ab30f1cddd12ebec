import { DEFAULT_HOOK_TIMEOUT, type LifecycleHook, type LifecycleStage } from '../lifecycle-hooks';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** Reads the lifecycle hooks of a deployment. What ECS would reject is read as it is, for the rules of the plan. */
export function readLifecycleHooks(template: Template, numbers: TemplateNumbers, service: Resource): LifecycleHook[] {
  const name = `${service.id} LifecycleHooks`;
  const text = (value: TemplateValue | undefined): string => template.resolvedText(value) ?? JSON.stringify(value) ?? 'none';
  return hooksOf(service).map((hook) => {
    const timeout = field(hook, 'TimeoutConfiguration');
    return {
      targetType: text(field(hook, 'TargetType') ?? 'AWS_LAMBDA') as LifecycleHook['targetType'],
      stages: items(field(hook, 'LifecycleStages')).map((stage) => text(stage) as LifecycleStage),
      timeoutMinutes: numbers.of(`${name} TimeoutInMinutes`, field(timeout, 'TimeoutInMinutes') ?? DEFAULT_HOOK_TIMEOUT.timeoutMinutes),
      timeoutAction: text(field(timeout, 'Action') ?? DEFAULT_HOOK_TIMEOUT.timeoutAction) as LifecycleHook['timeoutAction'],
    };
  });
}

/** The text that the hooks of a rolling deployment are ignored. */
export function ignoredLifecycleHooks(service: Resource, isRolling: boolean): string[] {
  return isRolling && hooksOf(service).length > 0 ? [`${service.id} LifecycleHooks: a rolling deployment runs none in a forecast`] : [];
}

function hooksOf(service: Resource): readonly TemplateValue[] {
  return items(field(service.properties.DeploymentConfiguration, 'LifecycleHooks'));
}
