/** The attributes of an element; what is undefined is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What a text would otherwise begin or end in SVG and HTML. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What XML 1.0 cannot hold, however it is written: control characters but for white space, and halves of characters. */
const FORBIDDEN = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** A text that SVG and HTML show as it is, whatever it holds. */
export function escapeText(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** An element around markup, or an empty one; attribute values are escaped, the content must be markup already. */
export function element(name: string, attributes: Attributes, content?: string | readonly string[]): string {
  if (content === undefined) return `<${name}${written(attributes)}/>`;
  return `<${name}${written(attributes)}>${typeof content === 'string' ? content : content.join('')}</${name}>`;
}

/** An element around a text, which is escaped. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${written(attributes)}>${escapeText(text)}</${name}>`;
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(String(value))}"`)
    .join('');
}
