import { baselineVcpu, type CpuCredits } from '../plan/cpu-credits';

const SECONDS_PER_MINUTE = 60;

/**
 * The CPU credits of one burstable instance: what it has earned, what it began with, and in unlimited mode what it owes.
 *
 * Launch credits are spent first. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html
 */
export class CpuCreditBalance {
  private earnedCredits = 0;
  private launchCredits: number;
  private surplusCredits = 0;
  private chargedCredits = 0;

  public constructor(
    private readonly credits: CpuCredits,
    private readonly vcpu: number,
    private readonly loweringSeconds: number,
  ) {
    this.launchCredits = credits.launchCredits;
  }

  /** `CPUCreditBalance`: never below 0. */
  public get balance(): number {
    return this.earnedCredits + this.launchCredits;
  }

  /** `CPUSurplusCreditBalance`: the credits that it has spent and not earned back. */
  public get surplusBalance(): number {
    return this.surplusCredits;
  }

  /** `CPUSurplusCreditsCharged`, and the surplus that would be charged if the instance ended now. */
  public get surplusCharged(): number {
    return this.chargedCredits + this.surplusCredits;
  }

  /** Earns the credits of some seconds, and spends those of the CPU time that was used in them. */
  public advance(seconds: number, usedCpuSeconds: number): void {
    this.earn((seconds / SECONDS_PER_MINUTE) * baselineVcpu(this.credits));
    this.spend(usedCpuSeconds / SECONDS_PER_MINUTE);
    this.earnedCredits = Math.min(this.credits.maxCredits, this.earnedCredits);
  }

  /**
   * The share of its vCPUs that the instance can use now: all of them while it has credits, and its baseline without. As the credits run low, it is
   * lowered gradually, so that from full use the baseline is reached in the time given to the constructor.
   */
  public get cpuShare(): number {
    const { credits, vcpu, balance } = this;
    const baselineShare = Math.min(1, baselineVcpu(credits) / vcpu);
    if (credits.mode === 'unlimited' || baselineShare === 1) return 1;
    const loweringCredits = ((1 - baselineShare) * vcpu * this.loweringSeconds) / SECONDS_PER_MINUTE / 2;
    if (loweringCredits === 0) return balance > 0 ? 1 : baselineShare;
    return Math.min(1, baselineShare + (1 - baselineShare) * Math.sqrt(balance / loweringCredits));
  }

  /** Credits that are earned pay the surplus back first. */
  private earn(credits: number): void {
    const paidBack = Math.min(this.surplusCredits, credits);
    this.surplusCredits -= paidBack;
    this.earnedCredits += credits - paidBack;
  }

  private spend(credits: number): void {
    const ofLaunch = Math.min(this.launchCredits, credits);
    const ofEarned = Math.min(this.earnedCredits, credits - ofLaunch);
    this.launchCredits -= ofLaunch;
    this.earnedCredits -= ofEarned;
    if (this.credits.mode === 'standard') return;
    this.surplusCredits += credits - ofLaunch - ofEarned;
    const charged = Math.max(0, this.surplusCredits - this.credits.maxCredits);
    this.surplusCredits -= charged;
    this.chargedCredits += charged;
  }
}
