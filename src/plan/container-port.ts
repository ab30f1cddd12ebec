/** Returns the sentence for a number that is no TCP port, if it is none. */
export function containerPortMistakes(containerPort: number): string[] {
  return Number.isInteger(containerPort) && containerPort >= 1 && containerPort <= 65_535
    ? []
    : [`containerPort must be a whole number from 1 to 65535, got ${containerPort}`];
}
