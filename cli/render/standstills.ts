import { wholeNumber } from '../../src/report/amount';
import { clockTime } from '../../src/scenario/duration';
import type { RehearsalOutcome } from '../rehearsal/rehearsal';

/** Says of each stretch in which the command stood still what that means for what is read beside it. */
export function standstillLines({ standstills }: Pick<RehearsalOutcome, 'standstills'>): string[] {
  return standstills.map(
    ({ atSeconds, wallSeconds }) =>
      `this command stood still for about ${secondsInWords(wallSeconds)} of the wall clock at ${clockTime(atSeconds)}, ` +
      'while its clock and its tasks went on: what scaling saw then says little',
  );
}

function secondsInWords(seconds: number): string {
  const whole = Math.round(seconds);
  return whole === 1 ? '1 second' : `${wholeNumber(whole)} seconds`;
}
