/** What is no element, and how it ends. The first that fits counts. */
const SECTIONS: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<!', '>'],
];

/** Whether elements are nested deeper than a number: parsers keep all that are open, and take hundreds of megabytes. */
export function isDeeperThan(maxDepth: number, xml: string): boolean {
  let depth = 0;
  for (let start = xml.indexOf('<'), end = 0; start !== -1 && end !== -1 && depth <= maxDepth; start = xml.indexOf('<', end)) {
    const section = SECTIONS.find(([begin]) => xml.startsWith(begin, start));
    end = section === undefined ? endOfTag(xml, start) : xml.indexOf(section[1], start);
    if (section === undefined && end !== -1) depth += depthOf(xml[start + 1]!, xml[end - 1]!);
  }
  return depth > maxDepth;
}

/** Where a tag ends, after the values of its attributes, which may have a `>` in them; -1 if it does not. An end tag has none. */
function endOfTag(xml: string, start: number): number {
  if (xml[start + 1] === '/') return xml.indexOf('>', start);
  for (let index = start; index < xml.length; index++) {
    const character = xml[index]!;
    if (character === '>') return index;
    if (character !== '"' && character !== "'") continue;
    index = xml.indexOf(character, index + 1);
    if (index === -1) return -1;
  }
  return -1;
}

/** By how much a tag changes the depth. Elements without content do not. */
function depthOf(first: string, last: string): number {
  if (first === '/') return -1;
  return last === '/' ? 0 : 1;
}
