/** A longer text is hard to read in an error. */
const MAX_CHARACTERS = 80;

/** A text for an error: in one line, and not too long; of a long one the end, where the name of a file is. */
export function printableText(text: string): string {
  const printable = text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, '?');
  return printable.length <= MAX_CHARACTERS ? printable : `…${printable.slice(1 - MAX_CHARACTERS)}`;
}
