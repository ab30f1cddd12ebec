/** A space, except between a number and its unit. */
const BREAK = / (?!(?:s|ms|%)(?![^\s,;:]))/;

/** Wraps a string at spaces. A number and its unit stay together. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(BREAK)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
