const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The marks of Latin, Greek and Cyrillic letters. Those of other scripts change the letter, or are vowels. */
const ACCENTS = /[\u0300-\u036f]/g;

/** Letters that no decomposition takes apart, as people write them who do not have the key. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ' };
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/** Most texts: nothing in them has an accent. */
const ASCII = /^[\0-\x7f]*$/;

/** The words of a text: runs of letters and digits in lower case and without accents, in the order they come. */
export function wordsOf(text: string): string[] {
  return (ASCII.test(text) ? text.toLowerCase() : fold(text)).match(WORD) ?? [];
}

/** Brings together what looks alike: `Crème` and `creme`, `Straße` and `STRASSE`, full-width letters and others. */
function fold(text: string): string {
  const bare = text.normalize('NFKD').toLowerCase().replace(ACCENTS, '');
  return bare.normalize('NFC').replace(SPECIAL, (letter) => PLAIN[letter]);
}
