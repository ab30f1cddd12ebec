import type { Severity } from '../checks/check';
import type { ResourceChanges } from './resource-changes';

/** How an update fails: AWS rejects it, or accepts it and the service does not serve or scale for a time. */
export type UpdateFailure = 'rejected' | 'outage';

/** Something that an update breaks. */
export interface UpdateFinding {
  /** The id of the rule. */
  readonly check: string;

  /** An error fails, or stops serving; a warning changes something for clients. */
  readonly severity: Severity;

  /** The logical ID of the resource. */
  readonly resource: string;
  readonly reason: string;

  /** How to change it without that. */
  readonly fix: string;
}

/** One rule for updates. */
export interface UpdateCheck {
  /** Stable: it is written in reports. */
  readonly id: string;
  readonly severity: Severity;

  /** How the update fails where the check finds something; only of errors. */
  readonly outcome?: UpdateFailure;

  /** What it finds, for the documentation: a phrase that completes "finds …". */
  readonly finds: string;

  /** What happens during the update. */
  readonly consequence: string;
  readonly find: (changes: ResourceChanges) => readonly UpdateProblem[];
}

/** What a rule finds: a finding without what the rule itself says. */
export type UpdateProblem = Pick<UpdateFinding, 'resource' | 'reason' | 'fix'>;
