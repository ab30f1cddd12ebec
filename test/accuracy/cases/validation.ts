import { runCase } from './case-run';
import { MECHANISM_ASSERTIONS } from './mechanism-assertions';
import { type ScalingCase, scalingCases } from './scaling-case';
import { TIMELINE_ASSERTIONS } from './timeline-assertions';
import { unitVerdicts } from './unit-verdicts';
import type { Verdict } from './verdict';

/** One thing that a case expects, and what came of it. */
export interface Validation extends Verdict {
  readonly case: ScalingCase;
  readonly what: string;
}

/** Holds every case against what this package makes of it. */
export function validations(): Validation[] {
  return scalingCases().flatMap((one) => [...unitValidations(one), ...runValidations(one)]);
}

function unitValidations(one: ScalingCase): Validation[] {
  return unitVerdicts(one).map((verdict) => ({ ...verdict, case: one }));
}

function runValidations(one: ScalingCase): Validation[] {
  const expectations = one.expect ?? [];
  const mechanisms = expectations.filter(({ assertion }) => assertion in MECHANISM_ASSERTIONS);
  const others = expectations.filter((expectation) => !mechanisms.includes(expectation));
  const run = others.length > 0 ? runCase(one) : undefined;
  return expectations.map((expectation) => {
    const what = wordsOf(expectation);
    const { assertion } = expectation;
    if (assertion in MECHANISM_ASSERTIONS) return { ...MECHANISM_ASSERTIONS[assertion]!(one, expectation), what, case: one };
    const assess = TIMELINE_ASSERTIONS[assertion];
    if (assess === undefined) throw new Error(`${one.id}: assertion must be one that this package knows, got '${assertion}'`);
    return { ...assess(run!, expectation), what, case: one };
  });
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
