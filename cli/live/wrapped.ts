/** A space, but for one between a number and its unit. */
const BREAK = / (?!(?:s|ms|%)(?![^\s,;:]))/;

/** A text in lines of whole words. A number and its unit are one. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(BREAK)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
