/** What may have any text in it, and how it ends. */
const SECTIONS: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
];

/** Whether elements are nested deeper than a number: parsers keep all that are open, and take hundreds of megabytes. */
export function isDeeperThan(maxDepth: number, xml: string): boolean {
  let depth = 0;
  for (let start = xml.indexOf('<'), end = 0; start !== -1 && end !== -1 && depth <= maxDepth; start = xml.indexOf('<', end)) {
    const section = SECTIONS.find(([begin]) => xml.startsWith(begin, start));
    end = xml.indexOf(section?.[1] ?? '>', start);
    if (section === undefined && end !== -1) depth += depthOf(xml[start + 1]!, xml[end - 1]!);
  }
  return depth > maxDepth;
}

/** By how much a tag changes the depth. Declarations and elements without content do not. */
function depthOf(first: string, last: string): number {
  if (first === '/') return -1;
  return first === '?' || first === '!' || last === '/' ? 0 : 1;
}
