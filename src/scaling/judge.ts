import type { SuspendedScaling } from '../plan/policy';
import type { AwsBehavior } from './aws-behavior';
import type { Cooldowns } from './cooldowns';
import { boundIn, boundOut, type Capacity, type Decision, decideScaleIn, decideScaleOut } from './decision';
import type { Policies } from './policies';
import { mostDemanding, type Proposal } from './proposal';
import type { TrackedPolicy } from './tracked-policy';

/** Everything but the alarms that a decision depends on. */
export interface Situation {
  readonly runningCount: number;
  readonly isDeploying: boolean;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly cooldowns: Cooldowns;
  readonly nowSeconds: number;
}

/** What was decided, for whom, and from how many tasks. */
export interface Verdict {
  readonly proposal: Proposal;
  readonly base: number;
  readonly decision: Decision;
}

/**
 * Decides between the policies of a service: any of them may scale out, all of
 * them together scale in, and whoever asks for most tasks has the last word.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export class Judge {
  public constructor(
    private readonly policies: Policies,
    private readonly behavior: AwsBehavior,
    private readonly suspended: Pick<SuspendedScaling, 'scaleIn' | 'scaleOut'>,
  ) {}

  /** The decision of this evaluation; undefined where no alarm asks for one, or something forbids it. */
  public decide(situation: Situation): Verdict | undefined {
    return this.simple(situation) ?? this.outward(situation) ?? this.inward(situation);
  }

  /** Simple scaling of a group: one adjustment at a time, from the count that is desired. */
  private simple(situation: Situation): Verdict | undefined {
    const { desired, cooldowns, nowSeconds } = situation;
    const acting = this.policies.simple.filter(({ alarm }) => alarm.acts);
    if (acting.length === 0 || cooldowns.blocksSimpleScaling(nowSeconds)) return undefined;
    const proposal = mostDemanding(acting.map((policy) => policy.proposal(desired)))!;
    const isOut = proposal.computed > desired;
    if (isOut ? this.suspended.scaleOut : this.suspended.scaleIn || situation.isDeploying) return undefined;
    const bound = isOut ? boundOut : boundIn;
    return { proposal, base: desired, decision: bound(capacityOf(situation, desired), proposal.computed) };
  }

  private outward(situation: Situation): Verdict | undefined {
    const base = situation.cooldowns.scaleOutBase(situation.nowSeconds) ?? runningBase(situation);
    const stepBase = situation.cooldowns.scaleOutBase(situation.nowSeconds) ?? situation.runningCount;
    const steps = this.steps(stepBase).filter(({ computed }) => computed > stepBase);
    const proposals = [...this.high(situation).map((tracked) => tracked.proposal('out', base)), ...steps];
    const proposal = mostDemanding(proposals);
    if (proposal === undefined || this.suspended.scaleOut) return undefined;
    const decide = proposal.origin === 'target-tracking' ? decideScaleOut : boundOut;
    return { proposal, base, decision: decide(capacityOf(situation, base), proposal.computed) };
  }

  private high({ desired }: Situation): readonly TrackedPolicy[] {
    return this.policies.tracked.filter((tracked) => tracked.high.acts || (desired === 0 && tracked.isOverTargetNow));
  }

  /** Target tracking waits until all of it is low; a step inwards waits for nobody, but the larger of both counts. */
  private inward(situation: Situation): Verdict | undefined {
    const verdicts = [this.trackedInward(situation), this.steppedInward(situation)].filter((verdict) => verdict !== undefined);
    if (verdicts.length === 0 || this.suspended.scaleIn || situation.cooldowns.blocksScaleIn(situation.nowSeconds)) return undefined;
    const verdict = verdicts.reduce((most, next) => (countAfter(next, situation) > countAfter(most, situation) ? next : most));
    if (!situation.isDeploying) return verdict;
    const { computed } = verdict.decision;
    return { ...verdict, decision: { notScaled: 'TargetServicePutResourceAsUnscalable', computed } };
  }

  private trackedInward(situation: Situation): Verdict | undefined {
    const inward = this.policies.tracked.filter((tracked) => !tracked.policy.disableScaleIn);
    if (!inward.some((tracked) => tracked.low.acts) || !inward.every((tracked) => tracked.low.isRaised)) return undefined;
    const base = runningBase(situation);
    const signals = inward.map((tracked) => tracked.signal(tracked.low));
    const decision = decideScaleIn(capacityOf(situation, base), signals, this.behavior.scaleInStep);
    return { proposal: mostDemanding(inward.map((tracked) => tracked.proposal('in', base)))!, base, decision };
  }

  private steppedInward(situation: Situation): Verdict | undefined {
    const base = situation.runningCount;
    const proposal = mostDemanding(this.steps(base).filter(({ computed }) => computed < base));
    return proposal && { proposal, base, decision: boundIn(capacityOf(situation, base), proposal.computed) };
  }

  private steps(base: number): Proposal[] {
    return this.policies.stepping.filter(({ alarm }) => alarm.acts).map((policy) => policy.proposal(base));
  }
}

/** Where nothing runs, a computation in proportion starts from one task. */
function runningBase({ runningCount }: Situation): number {
  return Math.max(1, runningCount);
}

function capacityOf({ desired, min, max }: Situation, base: number): Capacity {
  return { base, desired, min, max };
}

function countAfter({ decision }: Verdict, { desired }: Situation): number {
  return 'toCapacity' in decision ? decision.toCapacity : desired;
}
