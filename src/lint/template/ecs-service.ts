import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { cpuUnitsOf, memoryMiBOf } from '../../plan/template/written-size';
import type { LintedResource, LintedTemplate } from './linted-template';
import { TARGET_GROUP } from './load-balancing';
import { isUnknown, textOf } from './values';

export const SERVICE = 'AWS::ECS::Service';
export const TASK_DEFINITION = 'AWS::ECS::TaskDefinition';
export const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
export const SCALING_POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';

/** An ECS service with its task definition, which is undefined where it is not in the template. */
export interface LintedService {
  readonly service: LintedResource;
  readonly taskDefinition: LintedResource | undefined;
}

/** All ECS services. */
export function servicesOf(template: LintedTemplate): readonly LintedService[] {
  return template.ofType(SERVICE).map((service) => {
    return { service, taskDefinition: template.target(service.properties['TaskDefinition'], TASK_DEFINITION) };
  });
}

/** The containers of a task definition; undefined where not all of them and their names are known. */
export function containersOf(taskDefinition: LintedResource | undefined): readonly TemplateValue[] | undefined {
  const containers = containerListOf(taskDefinition);
  return containers?.some((container) => isUnknown(field(container, 'Name'))) ? undefined : containers;
}

/** The containers of a task definition, whose names may be references; undefined where not all of them are known. */
export function containerListOf(taskDefinition: LintedResource | undefined): readonly TemplateValue[] | undefined {
  const list = taskDefinition?.properties['ContainerDefinitions'];
  if (!Array.isArray(list)) return undefined;
  const containers = list as readonly TemplateValue[];
  return containers.some(isUnknown) ? undefined : containers;
}

/** An entry of `LoadBalancers` of a service. */
export interface ServiceTargets {
  readonly index: number;
  readonly entry: TemplateValue;

  /** The target group; undefined where it is not in the template. */
  readonly group: LintedResource | undefined;

  /** The second target group of a blue/green, canary or linear deployment. */
  readonly alternate: LintedResource | undefined;
}

/** The target groups that a service registers its tasks with. */
export function targetsOf(template: LintedTemplate, service: LintedResource): readonly ServiceTargets[] {
  return items(service.properties['LoadBalancers']).map((entry, index) => ({
    index,
    entry,
    group: template.target(field(entry, 'TargetGroupArn'), TARGET_GROUP),
    alternate: template.target(field(field(entry, 'AdvancedConfiguration'), 'AlternateTargetGroupArn'), TARGET_GROUP),
  }));
}

/** Whether the tasks run on AWS Fargate; undefined where the template does not say. */
export function runsOnFargate({ service, taskDefinition }: Partial<LintedService>): boolean | undefined {
  const launchType = textOf(service?.properties['LaunchType']);
  if (launchType !== undefined) return launchType === 'FARGATE';
  const providers = items(service?.properties['CapacityProviderStrategy']).map((item) => textOf(field(item, 'CapacityProvider')));
  if (providers.some((name) => name === 'FARGATE' || name === 'FARGATE_SPOT')) return true;
  const compatibilities = items(taskDefinition?.properties['RequiresCompatibilities']).map(textOf);
  return compatibilities.length === 1 ? compatibilities[0] === 'FARGATE' : undefined;
}

/** The memory of a task in MiB: `1024`, `"1 GB"` or `".5GB"`; undefined where it is not known. */
export function taskMemoryMiB(taskDefinition: LintedResource | undefined): number | undefined {
  return memoryMiBOf(textOf(taskDefinition?.properties['Memory']) ?? '');
}

/** The CPU units of a task: `512` or `".5 vCPU"`; undefined where they are not known. */
export function taskCpuUnits(taskDefinition: LintedResource | undefined): number | undefined {
  return cpuUnitsOf(textOf(taskDefinition?.properties['Cpu']) ?? '');
}
