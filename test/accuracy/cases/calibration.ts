import { fitWorkload, type WorkloadFit } from '../../../src/simulation/fit-workload';
import { type CaseResult, within } from './case-result';
import type { CaseExpectation, ScalingCase } from './scaling-case';

/** The task of the measured search service. */
const VCPU = 0.25;

/** Every point lies as close to the line as its tolerance says. */
export function allPoints(one: ScalingCase): CaseResult {
  const { points } = fitOf(one);
  const distances = points.map(({ cpuPercent: { measured, fitted } }, index) => ({
    tolerance: one.points![index]!.tol_abs,
    distance: Math.abs(fitted - measured),
  }));
  const worst = distances.reduce((max, next) => (next.distance / next.tolerance > max.distance / max.tolerance ? next : max));
  return {
    expected: `each of ${points.length} points within its 4 or 8 points of CPU`,
    got: `${distances.filter(({ distance, tolerance }) => distance <= tolerance).length} of ${points.length}; the worst ${worst.distance.toFixed(1)} of ${worst.tolerance}`,
    isMet: worst.distance <= worst.tolerance,
  };
}

/** The fit finds what a request costs. */
export function fittedParameter(one: ScalingCase, { param, value, tol_rel = 0 }: CaseExpectation): CaseResult {
  if (param !== 'cpu_ms_per_request') throw new Error(`param must be cpu_ms_per_request, got '${param}'`);
  const wanted = Number(value);
  return within(1000 * fitOf(one).workload.cpuSecondsPerRequest, wanted * (1 - tol_rel), wanted * (1 + tol_rel), ' ms');
}

function fitOf(one: ScalingCase): WorkloadFit {
  const points = one.points!.map(({ rps, tasks, cpu_pct, weight }) => ({ requestsPerSecond: rps, tasks, cpuPercent: cpu_pct, weight }));
  return fitWorkload(points, one.config?.vcpu ?? VCPU);
}
