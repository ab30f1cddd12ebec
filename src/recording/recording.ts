import type { Fault } from '../faults/fault-kinds';
import type { Plan } from '../plan/service-plan';
import type { Outcome } from '../run/outcome';
import type { AwsBehavior } from '../scaling/aws-behavior';
import type { CalendarTime } from '../time/calendar';
import type { Workload } from '../workload/workload-parameters';

/** What was observed of a service over a time: on AWS, on an emulation, or in a rehearsal. */
export interface Recording {
  /** The plan that was in force. */
  readonly plan: Plan;
  /** A text for each setting of the plan that is not modeled. */
  readonly ignored: readonly string[];
  readonly outcome: Outcome;
  /** How many times faster than the wall clock the time of AWS passed: 1 on AWS. */
  readonly speed: number;
  /** The start, in the time zone of the scheduled actions of the plan, or else in UTC. */
  readonly startsAt?: CalendarTime;
  /** What is known of the workload besides what is fitted, such as the start-up time that a rehearsal measured. */
  readonly workload?: Partial<Workload>;
  readonly faults?: readonly Fault[];
  /** How AWS behaved, where a rehearsal has assumed it. */
  readonly behavior?: AwsBehavior;
  /** The seed of a rehearsal: with it a forecast has the same timing. */
  readonly seed?: number;
  /** What was not there, as texts. */
  readonly remarks: readonly string[];
}
