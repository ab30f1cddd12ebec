import type { Validation } from './validation';

const HEADINGS = ['case', 'source', 'what', 'expected', 'got', 'pass'];

/** All validations as a table in Markdown; a case names itself and its source once. */
export function validationTable(validations: readonly Validation[]): string {
  const rows = validations.map(({ case: one, what, expected, got, isMet }, index) => {
    const isSame = validations[index - 1]?.case === one;
    const named = isSame ? ['', ''] : [`${one.title} (${one.id.split('-')[0]}, ${one.grade})`, sourceInWords(one.source)];
    return [...named, what, expected, got, isMet ? 'yes' : '**no**'];
  });
  return [HEADINGS, HEADINGS.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');
}

/** The name of a source, without where in it and without the numbers of an index that no reader has. */
function sourceInWords(source: string): string {
  return source
    .replace(/\*?\.txt/, '')
    .replace(/,? lines? \d+(?:[-–]\d+)?(?:, \d+(?:[-–]\d+)?)*/g, '')
    .replace(/ ?\(same text: [^)]*\)/, '')
    .replace(/GitHub index id \d+/, 'a published log')
    .replace(/ ?\(?\bids? \d+(?:, \d+)*\)?/g, '')
    .trim();
}

function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
