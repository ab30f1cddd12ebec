import { element, textElement } from '../markup';

/** A part of a page below a heading; nothing where it would be empty. */
export function section(heading: string, content: string): string {
  return content === '' ? '' : element('section', {}, [textElement('h2', {}, heading), content]);
}

/** A part of a page that is folded until somebody opens it. */
export function folded(heading: string, content: string): string {
  return element('details', {}, [textElement('summary', {}, heading), content]);
}

/** Sentences, each with a bullet. */
export function sentences(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return element(
    'ul',
    {},
    texts.map((text) => textElement('li', {}, text)),
  );
}

/** Lines as a terminal shows them, their columns aligned. */
export function preformatted(lines: readonly string[]): string {
  return lines.length === 0 ? '' : textElement('pre', {}, lines.join('\n'));
}
