import { bandOf } from '../../../src/simulation/band';
import type { CaseResult } from './case-result';
import { type CaseRun, runCase, runsOfVariants } from './case-run';
import { MECHANISM_ASSERTIONS } from './mechanism-assertions';
import { fittedOf, observedOf } from './observed';
import { type CaseExpectation, type ScalingCase, scalingCases } from './scaling-case';
import { type Assertion, TIMELINE_ASSERTIONS } from './timeline-assertions';
import { unitResults } from './unit-results';

/** One thing that a case expects, and what came of it. */
export interface Validation extends CaseResult {
  readonly case: ScalingCase;
  readonly what: string;
  /** What was measured; undefined if the case has no number for it. */
  readonly observed?: number;
  /** What was chosen so that this value comes out; undefined if nothing was. */
  readonly fitted?: string;
  /** The 5th and the 95th percentile of the forecasts, over seeds and over the behaviors of AWS. */
  readonly range?: { readonly low: number; readonly high: number };
}

/** Holds every case against what this package makes of it. */
export function validations(): Validation[] {
  return scalingCases().flatMap((one) => [...unitValidations(one), ...runValidations(one)]);
}

function unitValidations(one: ScalingCase): Validation[] {
  return unitResults(one).map((result) => ({ ...result, case: one }));
}

function runValidations(one: ScalingCase): Validation[] {
  const expectations = one.expect ?? [];
  const mechanisms = expectations.filter(({ assertion }) => assertion in MECHANISM_ASSERTIONS);
  const others = expectations.filter((expectation) => !mechanisms.includes(expectation));
  const run = others.length > 0 ? runCase(one) : undefined;
  const isMeasured = others.some((expectation) => observedOf(one, expectation) !== undefined);
  const allRuns = run === undefined || !isMeasured ? [] : [run, ...runsOfVariants(run)];
  return expectations.map((expectation) => {
    const observed = observedOf(one, expectation);
    const named = { case: one, what: wordsOf(expectation), observed, fitted: fittedOf(one, expectation) };
    const { assertion } = expectation;
    if (assertion in MECHANISM_ASSERTIONS) return { ...MECHANISM_ASSERTIONS[assertion]!(one, expectation), ...named };
    const assess = TIMELINE_ASSERTIONS[assertion];
    if (assess === undefined) throw new Error(`${one.id}: assertion must be one that this package knows, got '${assertion}'`);
    const range = observed === undefined ? undefined : rangeOf(allRuns, assess, expectation);
    return { ...assess(run!, expectation), ...named, range };
  });
}

/** The lowest 5th and the highest 95th percentile of what came in the runs of each behavior. */
function rangeOf(runs: readonly CaseRun[], assess: Assertion, expectation: CaseExpectation): Validation['range'] {
  const bands = runs.flatMap(
    (run) => bandOf(run.outcomes.flatMap((outcome) => assess({ ...run, outcomes: [outcome] }, expectation).value ?? [])) ?? [],
  );
  if (bands.length === 0) return undefined;
  return { low: Math.min(...bands.map(({ low }) => low)), high: Math.max(...bands.map(({ high }) => high)) };
}

/** Says what is expected: `event_time scale_out[0] after load_start`. */
function wordsOf({
  assertion,
  event,
  events,
  reference,
  signal,
  when,
  variant,
  direction,
  image_mb,
  tasks,
}: NonNullable<ScalingCase['expect']>[number]): string {
  const parts = [
    assertion.replaceAll('_', ' '),
    event ?? events?.join(' to ') ?? signal?.replaceAll('_', ' '),
    reference === undefined ? undefined : `after ${reference.replaceAll('_', ' ')}`,
    when === undefined ? undefined : `(${when})`,
    variant === undefined ? undefined : `(${variant.split(' (')[0]})`,
    direction,
    image_mb === undefined ? undefined : `for ${image_mb} MB`,
    tasks === undefined ? undefined : `${tasks} task`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}
