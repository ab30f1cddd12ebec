import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { MovedFrom, ScalableStatelessService } from '../../../src';
import { lintUpdate, type UpdateReport } from '../../../src/lint/lint-update';
import { evaluations, parseTemplate } from '../../../src/lint/template/linted-template';
import { ResourceChanges } from '../../../src/lint/updates/resource-changes';
import { newApp, onceForEach } from '../../synthesize';
import type { PatternVariant } from './pattern-variants';

/** The two templates of a service that moves, and what the update does. */
export interface Move {
  readonly report: UpdateReport;
  readonly changes: ResourceChanges;
  readonly before: Template;
  readonly after: Template;
}

/** Compares the template of a pattern with that of the service that replaces it. */
export function move(variant: PatternVariant, flags: Record<string, unknown>, later?: (service: ScalableStatelessService) => void): Move {
  const before = patternTemplate(variant, flags);
  const after = later === undefined ? movedTemplate(variant, flags) : Template.fromStack(movedStack(variant, flags, later));
  return { ...compare(before, after), before, after };
}

/** Compares two templates as the command does: from their text. */
export function compare(before: Template, after: Template): Pick<Move, 'report' | 'changes'> {
  const [from, to] = [before, after].map((template) => parseTemplate(JSON.stringify(template.toJSON()), 'template')) as [never, never];
  return { report: lintUpdate(from, to), changes: new ResourceChanges(evaluations(from)[0]!, evaluations(to)[0]!) };
}

export function newStack(flags: Record<string, unknown>): Stack {
  return new Stack(newApp(flags), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
}

const patternTemplate = onceForEach(({ props, added }: PatternVariant, flags) => {
  const stack = newStack(flags);
  const pattern = new ApplicationLoadBalancedFargateService(stack, 'Web', props(stack));
  added?.(pattern);
  return Template.fromStack(stack);
});

/** The template of the service that replaces a pattern. */
export const movedTemplate = onceForEach((variant: PatternVariant, flags) => Template.fromStack(movedStack(variant, flags)));

function movedStack(
  { props, policies, own }: PatternVariant,
  flags: Record<string, unknown>,
  later?: (service: ScalableStatelessService) => void,
): Stack {
  const stack = newStack(flags);
  const movedFrom = MovedFrom.applicationLoadBalancedFargateService(props(stack)).withScalingPolicies(policies ?? {});
  const service = new ScalableStatelessService(stack, 'Web', { movedFrom, ...own?.(stack) });
  later?.(service);
  return stack;
}
