import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { AdjustmentType } from '../../../src/plan/step-scaling';

/** One measured or documented case, as the file of cases words it: durations in seconds, keys in snake case. */
export interface ScalingCase {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly grade: string;
  readonly source: string;
  readonly config?: CaseConfig;
  readonly service_model?: CaseServiceModel;
  readonly load?: CaseLoad;
  readonly inject?: readonly CaseInjection[];
  readonly expect?: readonly CaseExpectation[];
  readonly variants?: readonly CaseVariant[];
  readonly points?: readonly CasePoint[];
  readonly tests?: readonly UnitTest[];
  readonly tests_3of3?: readonly (readonly string[])[];
  readonly tests_2of3?: readonly (readonly string[])[];
}

export interface CaseConfig {
  readonly same_as?: string;
  readonly platform?: string;
  readonly vcpu?: number;
  readonly memory_mib?: number;
  readonly min?: number;
  readonly max?: number;
  readonly desired?: number;
  readonly minimum_healthy_percent?: number;
  readonly maximum_percent?: number;
  readonly monitoring?: string;
  readonly policies?: readonly CasePolicy[];
  readonly alb?: { readonly health_interval_s?: number; readonly healthy_threshold?: number };
}

export interface CasePolicy {
  readonly type: string;
  readonly metric?: string;
  readonly target?: number;
  readonly scale_out_cooldown_s?: number;
  readonly scale_in_cooldown_s?: number;
  readonly adjustment?: number;
  readonly cooldown_s?: number;
  readonly alarm?: {
    readonly metric: string;
    readonly operator: string;
    readonly threshold: number;
    readonly period_s: number;
    readonly evaluation_periods: number;
  };
}

export interface CaseServiceModel {
  readonly same_as?: string;
  readonly fixed_cores_per_task?: number;
  readonly cpu_ms_per_request?: number;
  readonly rtt_ms?: number;
}

export interface CaseLoad {
  readonly same_as?: string;
  readonly model?: string;
  readonly tool?: string;
  readonly think_s?: number;
  readonly cpu_pct?: string;
  readonly users?: number;
  readonly spawn_rate?: number;
  readonly duration_s?: number;
  readonly equivalent_open_rps?: number;
  readonly generator_max_rps?: number;
  readonly phases?: readonly { readonly at_s: number; readonly users?: number; readonly rps?: number; readonly duration_s: number }[];
  readonly ramp?: readonly { readonly t_s: number; readonly users?: number; readonly rps?: number }[];
  readonly stages?: readonly { readonly target: number; readonly duration_s: number }[];
  readonly square?: { readonly low_users: number; readonly high_users: number; readonly half_period_s: number; readonly cycles: number };
  readonly variant_high_users?: number;
}

export interface CaseInjection {
  readonly action: string;
  readonly at_s?: number;
  readonly count?: number;
  readonly target?: number;
  /** A time of the day before which the action was taken. */
  readonly before?: string;
}

/** One load under which a service was measured. */
export interface CasePoint {
  readonly tasks: number;
  readonly rps: number;
  readonly cpu_pct: number;
  readonly tol_abs: number;
  readonly weight?: number;
}

export type StepBounds = readonly [lower: number | null, upper: number | null, adjustment: number];

/** One piece of documented arithmetic; which fields it has depends on what it is about. */
export interface UnitTest {
  readonly rounding?: readonly (readonly [number, number])[];
  readonly base?: number;
  readonly first?: string;
  readonly during_cooldown?: string;
  readonly capacity?: number;
  readonly metric?: number;
  readonly threshold?: number;
  readonly type?: AdjustmentType;
  readonly out_steps?: readonly StepBounds[];
  readonly in_steps?: readonly StepBounds[];
  readonly percent?: number;
  readonly min_adjustment_magnitude?: number;
  readonly desired?: number;
  readonly min?: number;
  readonly max?: number;
  readonly can_stop_first?: number;
  readonly can_start_first?: number;
  readonly min_running?: number;
  readonly platform?: string;
  readonly target?: number;
  readonly low?: number;
  readonly actual?: number;
  readonly event?: string;
  readonly expect?: unknown;
  readonly expect_first?: number;
}

export interface CaseVariant {
  readonly name: string;
  readonly config?: CaseConfig;
  readonly load?: CaseLoad;
  readonly inject?: readonly CaseInjection[];
  readonly policy_metric?: string;
  readonly expect?: readonly CaseExpectation[];
}

/** What a case expects: the name of an assertion, and numbers that depend on it. */
export interface CaseExpectation {
  readonly assertion: string;
  readonly value?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly min_s?: number;
  readonly max_s?: number;
  readonly tol_s?: number;
  readonly value_s?: number;
  readonly tol_abs?: number;
  readonly tol_rel?: number;
  readonly event?: string;
  readonly events?: readonly string[];
  readonly reference?: string;
  readonly signal?: string;
  readonly metric?: string;
  readonly when?: string;
  readonly variant?: string;
  readonly direction?: string;
  readonly window_s?: readonly number[];
  readonly t?: number;
  readonly tasks?: number;
  readonly param?: string;
  readonly image_mb?: number;
  readonly mean?: number;
  readonly burst?: number;
  readonly refill_per_s?: number;
}

const FILE = path.join(__dirname, '..', 'scaling-cases.json');

const CASES: readonly ScalingCase[] = JSON.parse(readFileSync(FILE, 'utf8')).cases;

/** All cases, each variant as a case of its own, with what `same_as` refers to written out. */
export function scalingCases(): ScalingCase[] {
  return CASES.flatMap((one) => [
    ...(one.expect || one.tests ? [one] : []),
    ...(one.variants ?? []).map((variant) => ofVariant(one, variant)),
    ...withMoreUsers(one),
  ]).map(resolved);
}

/** A case of an oscillation that also names more users must not scale in with these either. */
function withMoreUsers(one: ScalingCase): ScalingCase[] {
  const { square, variant_high_users: users } = one.load ?? {};
  if (square === undefined || users === undefined) return [];
  const expect = one.expect?.filter(({ assertion }) => assertion === 'no_scale_in');
  // one client could not make the requests of so many users: its limit is not theirs.
  const load = { ...one.load, square: { ...square, high_users: users }, generator_max_rps: Number.POSITIVE_INFINITY };
  return [{ ...one, title: `${one.title}: up to ${users} users`, load, expect }];
}

function ofVariant(one: ScalingCase, variant: CaseVariant): ScalingCase {
  const { variants, ...rest } = one;
  const metric = variant.policy_metric;
  const config = metric === undefined ? {} : { policies: [{ type: 'target-tracking', metric, target: 60 }] };
  return { ...rest, ...variant, config: { ...one.config, ...config, ...variant.config }, title: `${one.title}: ${variant.name}` };
}

/** A case on the service of another case also has its workload and its client. */
function resolved(one: ScalingCase): ScalingCase {
  const configured = find(one.config?.same_as);
  const model = find(one.service_model?.same_as) ?? configured;
  const load = find(one.load?.same_as);
  const config = { ...configured?.config, ...one.config };
  return {
    ...one,
    config,
    service_model: { ...model?.service_model, ...one.service_model },
    load: { tool: configured?.load?.tool, generator_max_rps: configured?.load?.generator_max_rps, ...load?.load, ...one.load },
  };
}

function find(id: string | undefined): ScalingCase | undefined {
  if (id === undefined) return undefined;
  const found = CASES.find((one) => one.id === id);
  if (found === undefined) throw new Error(`same_as must be the id of a case, got '${id}'`);
  return found;
}
