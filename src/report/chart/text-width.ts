/** Widths of characters as shares of the font size, in the fonts that `system-ui` stands for; a little more than most have. */
const NARROW = /[ .,:;'|!()[\]ijl]/;
const WIDE = /[mwMWÀ-ÞA-Z%→…]/;

/** About how wide a text is drawn. Nothing measures text here, so it must be guessed to keep labels apart. */
export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((width, character) => width + fontSize * widthShare(character), 0);
}

/** The text, or as much of its start as fits, with an ellipsis. */
export function fitted(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = [...text];
  while (kept.length > 1 && textWidth(`${kept.join('')}…`, fontSize) > width) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}

function widthShare(character: string): number {
  if (NARROW.test(character)) return 0.36;
  return WIDE.test(character) ? 0.8 : 0.61;
}
