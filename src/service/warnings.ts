import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Everything that is warned of, by the id that acknowledges it, and when it is.
 *
 * The one home of the ids: the README lists them, and a test compares both.
 */
export const WARNINGS = {
  imageOutOfReach: 'an image is in another registry than Amazon ECR, while the tasks have no way to one',
  requestTarget:
    '`requestsPerSecondPerTask` is more than a task of that size could serve, or so little that any visitor asks for all tasks',
  redundancy:
    '`minCapacity` or the CPU target is given, and the loss of one task or one zone would leave the rest with more to do than they can',
  highResolutionMetrics: 'scaling follows 20-second metrics, which a service that runs already has to publish first',
} as const;

/** What acknowledges a warning. */
export type WarningId = keyof typeof WARNINGS;

/** What stands before an id, so that nobody else has the same one. */
export const WARNING_PREFIX = 'cdk-scalable-stateless-service:';

/** Warns of something that works and is hardly what was meant. `Annotations.of(…).acknowledgeWarning(id)` silences it. */
export function warn(scope: IConstruct, id: WarningId, sentence: string): void {
  Annotations.of(scope).addWarningV2(`${WARNING_PREFIX}${id}`, sentence);
}
