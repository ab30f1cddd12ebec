/** Returns the sentence for a PORT variable that names another port than the container's, if it does. */
export function portVariableMistakes(environment: Readonly<Record<string, string>>, containerPort: number): string[] {
  const { PORT } = environment;
  const isOtherPort = PORT !== undefined && /^\d+$/.test(PORT) && Number(PORT) !== containerPort;
  return !isOtherPort ? [] : [`environment.PORT must be the containerPort (${containerPort}) or be left out, got ${PORT}`];
}

/** Returns the sentence for a number that is no TCP port, if it is none. */
export function containerPortMistakes(containerPort: number): string[] {
  return Number.isInteger(containerPort) && containerPort >= 1 && containerPort <= 65_535
    ? []
    : [`containerPort must be a whole number from 1 to 65535, got ${containerPort}`];
}
