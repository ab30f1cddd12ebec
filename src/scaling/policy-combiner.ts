import type { SuspendedScaling } from '../plan/policy';
import type { AwsBehavior } from './aws-behavior';
import type { Cooldowns } from './cooldowns';
import {
  type Capacity,
  type Decision,
  decideScaleIn,
  decideScaleOut,
  highestProposal,
  limitScaleIn,
  limitScaleOut,
  type Proposal,
} from './decision';
import type { Policies } from './policies';
import type { TargetTrackingPolicy } from './target-tracking-policy';

/** The inputs of a decision, apart from the alarms. */
export interface ScalingState {
  readonly runningCount: number;
  readonly isDeploying: boolean;
  readonly desiredCount: number;
  readonly min: number;
  readonly max: number;
  readonly cooldowns: Cooldowns;
  readonly nowSeconds: number;
}

/** A decision, the proposal that it follows, and the count that it was computed from. */
export interface CombinedDecision {
  readonly proposal: Proposal;
  readonly baseCapacity: number;
  readonly decision: Decision;
}

/**
 * Combines the policies of a service: each can scale out, all must agree to scale in, and the highest count takes precedence.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export class PolicyCombiner {
  public constructor(
    private readonly policies: Policies,
    private readonly behavior: AwsBehavior,
    private readonly suspended: Pick<SuspendedScaling, 'scaleIn' | 'scaleOut'>,
  ) {}

  /** The decision of this evaluation; undefined if no alarm invokes its action, or scaling is blocked. */
  public decide(state: ScalingState): CombinedDecision | undefined {
    // a service without tasks scales out before its alarm does.
    if (!this.policies.invokeAction && state.desiredCount > 0) return undefined;
    return this.simpleScaling(state) ?? this.scaleOut(state) ?? this.scaleIn(state);
  }

  /** Simple scaling of a group: one adjustment at a time, from the desired count. */
  private simpleScaling(state: ScalingState): CombinedDecision | undefined {
    const { desiredCount, cooldowns, nowSeconds } = state;
    const actingPolicies = this.policies.simpleScaling.filter(({ alarm }) => alarm.invokesAction);
    if (actingPolicies.length === 0 || cooldowns.blocksSimpleScaling(nowSeconds)) return undefined;
    const proposal = highestProposal(actingPolicies.map((policy) => policy.proposal(desiredCount)))!;
    const isOut = proposal.computedCapacity > desiredCount;
    if (isOut ? this.suspended.scaleOut : this.suspended.scaleIn || state.isDeploying) return undefined;
    const limit = isOut ? limitScaleOut : limitScaleIn;
    return { proposal, baseCapacity: desiredCount, decision: limit(capacityOf(state, desiredCount), proposal.computedCapacity) };
  }

  private scaleOut(state: ScalingState): CombinedDecision | undefined {
    const baseCapacity = state.cooldowns.scaleOutBase(state.nowSeconds) ?? baseOfTargetTracking(state);
    const stepBaseCapacity = state.cooldowns.scaleOutBase(state.nowSeconds) ?? state.runningCount;
    const proposalsOfSteps = this.stepProposals(stepBaseCapacity).filter(({ computedCapacity }) => computedCapacity > stepBaseCapacity);
    const proposals = [...this.policiesToScaleOut(state).map((tracked) => tracked.proposal('out', baseCapacity)), ...proposalsOfSteps];
    const proposal = highestProposal(proposals);
    if (proposal === undefined || this.suspended.scaleOut) return undefined;
    const decide = proposal.origin === 'target-tracking' ? decideScaleOut : limitScaleOut;
    return { proposal, baseCapacity, decision: decide(capacityOf(state, baseCapacity), proposal.computedCapacity) };
  }

  private policiesToScaleOut({ desiredCount }: ScalingState): readonly TargetTrackingPolicy[] {
    return this.policies.targetTracking.filter(
      (tracked) => tracked.highAlarm.invokesAction || (desiredCount === 0 && tracked.isOverTargetNow),
    );
  }

  /** Target tracking scales in when all its low alarms are in ALARM; step scaling does so on its own. The higher count takes precedence. */
  private scaleIn(state: ScalingState): CombinedDecision | undefined {
    const decisions = [this.targetTrackingScaleIn(state), this.stepScalingScaleIn(state)].filter((combined) => combined !== undefined);
    if (decisions.length === 0 || this.suspended.scaleIn || state.cooldowns.blocksScaleIn(state.nowSeconds)) return undefined;
    const combined = decisions.reduce((max, next) => (desiredCountAfter(next, state) > desiredCountAfter(max, state) ? next : max));
    if (!state.isDeploying) return combined;
    const { computedCapacity } = combined.decision;
    return { ...combined, decision: { notScaled: 'TargetServicePutResourceAsUnscalable', computedCapacity } };
  }

  private targetTrackingScaleIn(state: ScalingState): CombinedDecision | undefined {
    const policies = this.policies.targetTracking.filter((tracked) => !tracked.policy.disableScaleIn);
    if (!policies.some((tracked) => tracked.lowAlarm.invokesAction) || !policies.every((tracked) => tracked.lowAlarm.isInAlarm))
      return undefined;
    const baseCapacity = baseOfTargetTracking(state);
    const metricsAndTargets = policies.map((tracked) => tracked.metricAndTarget(tracked.lowAlarm));
    const decision = decideScaleIn(capacityOf(state, baseCapacity), metricsAndTargets, this.behavior.scaleInStep);
    return { proposal: highestProposal(policies.map((tracked) => tracked.proposal('in', baseCapacity)))!, baseCapacity, decision };
  }

  private stepScalingScaleIn(state: ScalingState): CombinedDecision | undefined {
    const baseCapacity = state.runningCount;
    const proposal = highestProposal(this.stepProposals(baseCapacity).filter(({ computedCapacity }) => computedCapacity < baseCapacity));
    return proposal && { proposal, baseCapacity, decision: limitScaleIn(capacityOf(state, baseCapacity), proposal.computedCapacity) };
  }

  private stepProposals(baseCapacity: number): Proposal[] {
    return this.policies.stepScaling.filter(({ alarm }) => alarm.invokesAction).map((policy) => policy.proposal(baseCapacity));
  }
}

/** Target tracking computes in proportion to the running count, or to one task if none runs. */
function baseOfTargetTracking({ runningCount }: ScalingState): number {
  return Math.max(1, runningCount);
}

function capacityOf({ desiredCount, min, max }: ScalingState, baseCapacity: number): Capacity {
  return { baseCapacity, desiredCount, min, max };
}

function desiredCountAfter({ decision }: CombinedDecision, { desiredCount }: ScalingState): number {
  return 'toCapacity' in decision ? decision.toCapacity : desiredCount;
}
