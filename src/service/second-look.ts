import type { FargateService, ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import { doubtsAbout } from './doubts';
import { laterMistakes } from './later-mistakes';
import { zonesOf } from './network/network-of-props';
import type { ServiceNetwork } from './network/service-network';
import type { ServicePlan } from './plan-of-props';
import type { TargetGroups } from './target-group/target-groups';
import { warnOfImagesOutOfReach } from './task/image-out-of-reach';
import type { Task } from './task/task';
import { warn } from './warnings';

/** What is looked at again once all of it is there. */
export interface FinishedParts {
  readonly service: FargateService;
  readonly scaling: ScalableTaskCount;
  readonly task: Task;
  readonly network: ServiceNetwork;
  readonly targetGroups: TargetGroups;
}

/** Warns of what is hardly meant, and keeps an eye on what is added later. */
export function lookAgain(scope: Construct, plan: ServicePlan, parts: FinishedParts, props: ScalableStatelessServiceProps): void {
  warnOfImagesOutOfReach(parts.task.containers, parts.network);
  for (const { id, sentence } of doubtsAbout(plan, zonesOf(parts.network), props)) warn(scope, id, sentence);
  scope.node.addValidation({ validate: () => laterMistakes(parts.service, parts.scaling, parts.targetGroups) });
}
