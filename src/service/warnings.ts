import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Everything that is warned of, by the id that acknowledges it, and when it is.
 *
 * The one home of the ids: the README lists them, and a test compares both.
 */
export const WARNINGS = {
  imageOutOfReach: 'an image is in another registry than Amazon ECR, while the tasks have no way to one',
} as const;

/** What stands before an id, so that nobody else has the same one. */
export const WARNING_PREFIX = 'cdk-scalable-stateless-service:';

/** Warns of something that works and is hardly what was meant. `Annotations.of(…).acknowledgeWarning(id)` silences it. */
export function warn(scope: IConstruct, id: keyof typeof WARNINGS, sentence: string): void {
  Annotations.of(scope).addWarningV2(`${WARNING_PREFIX}${id}`, sentence);
}
