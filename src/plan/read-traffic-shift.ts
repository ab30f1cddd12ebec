import { AWS_DEFAULTS } from './default-plan';
import { field, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';
import { canarySteps, linearSteps, type ShiftStep, type TrafficShift } from './traffic-shift';

const SECONDS_PER_MINUTE = 60;

/** Reads how a service moves its traffic to the new tasks of a deployment; undefined where a deployment rolls. */
export function readTrafficShift(template: Template, numbers: TemplateNumbers, service: Resource): TrafficShift | undefined {
  const configuration = service.properties.DeploymentConfiguration;
  const strategy = template.plain(field(configuration, 'Strategy'));
  if (strategy !== 'BLUE_GREEN' && strategy !== 'CANARY' && strategy !== 'LINEAR') return undefined;
  const number = (group: string | undefined, name: string, fallback: number): number => {
    const value = field(group === undefined ? configuration : field(configuration, group), name);
    return numbers.of(`${service.id} ${name}`, value ?? fallback);
  };
  return {
    steps: stepsOf(strategy, number),
    bakeSeconds: number(undefined, 'BakeTimeInMinutes', AWS_DEFAULTS.bakeMinutes) * SECONDS_PER_MINUTE,
  };
}

function stepsOf(
  strategy: 'BLUE_GREEN' | 'CANARY' | 'LINEAR',
  number: (group: string, name: string, fallback: number) => number,
): ShiftStep[] {
  const { canary, linear } = AWS_DEFAULTS;
  switch (strategy) {
    case 'BLUE_GREEN':
      return [];
    case 'CANARY': {
      const minutes = number('CanaryConfiguration', 'CanaryBakeTimeInMinutes', canary.minutes);
      return canarySteps(number('CanaryConfiguration', 'CanaryPercent', canary.percent), minutes * SECONDS_PER_MINUTE);
    }
    case 'LINEAR': {
      const minutes = number('LinearConfiguration', 'StepBakeTimeInMinutes', linear.minutes);
      return linearSteps(number('LinearConfiguration', 'StepPercent', linear.percent), minutes * SECONDS_PER_MINUTE);
    }
  }
}
