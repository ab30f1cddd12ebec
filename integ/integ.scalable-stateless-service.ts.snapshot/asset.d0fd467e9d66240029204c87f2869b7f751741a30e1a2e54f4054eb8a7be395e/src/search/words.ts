const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text: runs of letters and digits in lower case, in the order they come. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
