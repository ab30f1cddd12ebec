import type { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { type WaitOptions, waitForValue } from './call-with-expectation';
import { exactly, noValue } from './expectation';
import { inOrder, type Steps } from './in-order';
import type { TestedService } from './tested-service';

/** Targets that must be healthy. */
export interface HealthyTargetsOptions extends WaitOptions {
  /** How many targets the target group must have, all of them healthy. */
  readonly targetCount: number;
}

/** Waits until the target group has exactly as many targets, and each of them is healthy: none draining, none being registered. */
export function expectHealthyTargets(
  integ: IntegTest,
  { targetGroup }: Pick<TestedService, 'targetGroup'>,
  { targetCount, ...wait }: HealthyTargetsOptions,
): Steps {
  const at = (index: number, field: string) => ({
    service: 'elastic-load-balancing-v2',
    api: 'describeTargetHealth',
    parameters: { TargetGroupArn: targetGroup.targetGroupArn },
    path: `TargetHealthDescriptions.${index}.${field}`,
  });
  return inOrder(
    waitForValue(integ, at(targetCount, 'Target.Id'), noValue(), wait),
    ...Array.from({ length: targetCount }, (_, index) => waitForValue(integ, at(index, 'TargetHealth.State'), exactly('healthy'), wait)),
  );
}
