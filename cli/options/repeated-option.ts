/** Collects the values of an option that can be repeated. */
export function collectRepeated(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
