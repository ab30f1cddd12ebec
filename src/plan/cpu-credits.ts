import { instanceSize } from './instance-types';
import { vcpuOf } from './task-size';

/** What a burstable instance does without credits: `standard` goes down to its baseline, `unlimited` goes on and pays for it. */
export type CreditMode = 'standard' | 'unlimited';

/** The CPU credits of a burstable instance. One credit is a vCPU for a minute. */
export interface CpuCredits {
  readonly mode: CreditMode;
  /** The credits that it earns while it runs. */
  readonly creditsPerHour: number;
  /** The most earned credits that it keeps; in unlimited mode also the most surplus credits that cost nothing. */
  readonly maxCredits: number;
  /** The credits that it begins with: those of T2 in standard mode. */
  readonly launchCredits: number;
}

/** Credits per hour: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html */
const CREDITS_PER_HOUR_OF_T2: Readonly<Record<string, number>> = {
  nano: 3,
  micro: 6,
  small: 12,
  medium: 24,
  large: 36,
  xlarge: 54,
  '2xlarge': 81.6,
};

/** The same for T3, T3a and T4g. */
const CREDITS_PER_HOUR: Readonly<Record<string, number>> = {
  nano: 6,
  micro: 12,
  small: 24,
  medium: 24,
  large: 36,
  xlarge: 96,
  '2xlarge': 192,
};

/** An instance keeps what it earns in a day. */
const HOURS_OF_CREDITS = 24;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-standard-mode-concepts.html */
const LAUNCH_CREDITS_PER_VCPU = 30;

/**
 * The CPU credits of an instance type; undefined for one that is not burstable.
 *
 * @param mode T2 is launched in standard mode and all others in unlimited mode, unless the launch template has another.
 */
export function cpuCreditsOf(type: string, mode: CreditMode = type.startsWith('t2.') ? 'standard' : 'unlimited'): CpuCredits | undefined {
  const instance = instanceSize(type);
  const sizeName = type.split('.')[1]!;
  const isT2 = type.startsWith('t2.');
  const creditsPerHour = type.startsWith('t') ? (isT2 ? CREDITS_PER_HOUR_OF_T2 : CREDITS_PER_HOUR)[sizeName] : undefined;
  if (creditsPerHour === undefined || instance === undefined) return undefined;
  return {
    mode,
    creditsPerHour,
    maxCredits: HOURS_OF_CREDITS * creditsPerHour,
    launchCredits: isT2 && mode === 'standard' ? LAUNCH_CREDITS_PER_VCPU * vcpuOf(instance) : 0,
  };
}

/** The vCPU at which an instance earns as many credits as it uses. */
export function baselineVcpu({ creditsPerHour }: Pick<CpuCredits, 'creditsPerHour'>): number {
  return creditsPerHour / 60;
}
