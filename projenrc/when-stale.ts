/**
 * The condition of a step that only has to run when its output is missing or older than one of its inputs.
 *
 * Tasks run in a small shell of projen's own, which cannot compare file times; the script can, on every platform.
 */
export function whenStale(output: string, ...inputs: string[]): string {
  return ['node', 'projenrc/is-stale.mjs', output, ...inputs].join(' ');
}
