import type { DeploymentStage } from '../../src/plan/lifecycle-hooks';
import { structure, structures, text } from '../front/aws-call';
import type { ServiceRecord } from './service-records';

/**
 * The part of a target group: the one that a service was created with, or the alternate one of a deployment that shifts traffic. A service
 * with several load balancers has several target groups of each part, with the same tasks.
 */
export type TargetGroupPart = (typeof TARGET_GROUP_PARTS)[number];

export const TARGET_GROUP_PARTS = ['first', 'alternate'] as const;

/** A target group of a listener rule, with its weight. */
export interface WeightedTargetGroup {
  readonly arn: string;
  readonly weight: number;
}

/** A load balancer of a service, as its `loadBalancers` has it. */
interface ServiceBalancer {
  readonly first?: string;
  readonly alternate?: string;
  readonly productionRule?: string;
  readonly testRule?: string;
}

const ALL_TRAFFIC = 100;

/** ECS takes percentages from 0.1 on. */
const PERCENT_DECIMALS = 1;

/** Which target group the tasks of each revision are registered with, and what the rules send to each group after ECS has changed them. */
export class LiveTraffic {
  private readonly parts = new Map<number, TargetGroupPart>();
  private productionRevision = 0;
  private testRevision = 0;
  private targetRevision = 0;
  /** The rules that ECS has changed, and no one since then. */
  private readonly shiftedRules = new Set<string>();

  /**
   * @param record the service as it is requested now.
   * @param shiftedShare the share of the production traffic that a deployment in progress has shifted, from 0 to 1.
   */
  public constructor(
    private readonly record: () => ServiceRecord,
    private readonly shiftedShare: () => number,
  ) {}

  /** Whether the service has target groups that deployments shift traffic to. */
  public get hasAlternate(): boolean {
    return this.balancers.some(({ alternate }) => alternate !== undefined);
  }

  /** The part whose target groups the tasks of a revision are registered with. */
  public partOf(revision: number): TargetGroupPart {
    return this.parts.get(revision) ?? 'first';
  }

  /** The part of a target group; undefined if it is none of the service. */
  public partOfTargetGroup(targetGroupArn: string): TargetGroupPart | undefined {
    const { balancers } = this;
    if (balancers.some(({ first }) => first === targetGroupArn)) return 'first';
    return balancers.some(({ alternate }) => alternate === targetGroupArn) ? 'alternate' : undefined;
  }

  /** The target group that the tasks of a revision are registered with first; undefined without a load balancer. */
  public targetGroupOf(revision: number): string | undefined {
    const [balancer] = this.balancers;
    return balancer?.[this.partOf(revision)] ?? balancer?.first;
  }

  /** A deployment begins: its tasks get the target group without production traffic, if it shifts traffic. */
  public begin(revision: number, isShift: boolean): void {
    const production = this.partOf(this.productionRevision);
    this.parts.set(revision, isShift && this.hasAlternate ? other(production) : production);
    this.targetRevision = revision;
  }

  public handleStage(stage: DeploymentStage): void {
    if (stage === 'TEST_TRAFFIC_SHIFT') {
      this.testRevision = this.targetRevision;
      this.change('testRule');
    }
    if (stage === 'PRODUCTION_TRAFFIC_SHIFT') this.change('productionRule');
  }

  /** The deployment in progress is complete. */
  public complete(): void {
    this.productionRevision = this.targetRevision;
    this.testRevision = this.targetRevision;
  }

  /** The deployment in progress is rolled back: all traffic is that of the revision before. */
  public rollBack(): void {
    this.targetRevision = this.productionRevision;
    this.testRevision = this.productionRevision;
  }

  /** A client has changed a rule, or removed it: it is as the client has set it, until the next shift. */
  public release(ruleArn: string): void {
    this.shiftedRules.delete(ruleArn);
  }

  /** The target groups of a rule, as ECS has changed it; undefined if it has not. */
  public weightsOf(ruleArn: string): readonly WeightedTargetGroup[] | undefined {
    if (!this.shiftedRules.has(ruleArn)) return undefined;
    for (const { first, alternate, productionRule, testRule } of this.balancers) {
      if (productionRule !== ruleArn && testRule !== ruleArn) continue;
      const weights = productionRule === ruleArn ? this.productionWeights : { [this.partOf(this.testRevision)]: ALL_TRAFFIC };
      return [
        { arn: first!, weight: weights.first ?? 0 },
        { arn: alternate!, weight: weights.alternate ?? 0 },
      ];
    }
    return undefined;
  }

  /** The percent of the production traffic, and of the test traffic, that a revision gets. */
  public percentagesOf(revision: number): { readonly production: number; readonly test: number } {
    const share = this.shiftedPercent;
    const isTarget = revision === this.targetRevision && revision !== this.productionRevision;
    const rest = revision === this.productionRevision ? rounded(ALL_TRAFFIC - share) : 0;
    return { production: isTarget ? share : rest, test: revision === this.testRevision ? ALL_TRAFFIC : 0 };
  }

  private get shiftedPercent(): number {
    return rounded(ALL_TRAFFIC * this.shiftedShare());
  }

  private get productionWeights(): Partial<Record<TargetGroupPart, number>> {
    const before = this.partOf(this.productionRevision);
    const share = this.shiftedPercent;
    if (this.partOf(this.targetRevision) === before) return { [before]: ALL_TRAFFIC };
    return { [before]: rounded(ALL_TRAFFIC - share), [other(before)]: share };
  }

  private change(rule: 'productionRule' | 'testRule'): void {
    for (const balancer of this.balancers) {
      if (balancer[rule] !== undefined && balancer.alternate !== undefined) this.shiftedRules.add(balancer[rule]);
    }
  }

  private get balancers(): readonly ServiceBalancer[] {
    return structures(this.record().settings.loadBalancers).map(({ targetGroupArn, advancedConfiguration }) => {
      const advanced = structure(advancedConfiguration);
      return {
        first: text(targetGroupArn),
        alternate: text(advanced.alternateTargetGroupArn),
        productionRule: text(advanced.productionListenerRule),
        testRule: text(advanced.testListenerRule),
      };
    });
  }
}

function other(part: TargetGroupPart): TargetGroupPart {
  return part === 'first' ? 'alternate' : 'first';
}

/** Without the noise of binary fractions: 7 percent are not 7.000000000000001. */
function rounded(percent: number): number {
  return Number(percent.toFixed(PERCENT_DECIMALS));
}
