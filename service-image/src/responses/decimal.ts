const GROUP = 1000;

/** The numbers of up to three digits, as they are at the start of a number and inside of one. */
const FIRST_GROUPS = Array.from({ length: GROUP }, (_, number) => String(number));
const LATER_GROUPS = FIRST_GROUPS.map((digits) => digits.padStart(3, '0'));

/** A whole number in decimal digits: several times as fast as the engine, which forgets numbers that do not come again soon. */
export function decimal(number: number): string {
  if (number < GROUP) return FIRST_GROUPS[number];
  return decimal(Math.floor(number / GROUP)) + LATER_GROUPS[number % GROUP];
}
