import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { headingAnchor } from '../../docs/.vitepress/heading-anchor';

const NOT_READ = new Set(['node_modules', '.vitepress', 'public']);

/** The Markdown files in a folder and those below it. */
export function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_READ.has(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** Each relative link of a Markdown file that leads to no file, or to no heading in it. */
export function brokenLinks(file: string, root: string): string[] {
  const text = readFileSync(file, 'utf8');
  return linksOf(text).flatMap((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), decodeURI(path));
    const name = `${relative(root, file)}: ${link}`;
    if (!existsSync(target)) return [`${name} leads to no file`];
    if (anchor === undefined || anchor === '') return [];
    const isFound = !statSync(target).isDirectory() && anchorsOf(readFileSync(target, 'utf8')).has(anchor);
    return isFound ? [] : [`${name} leads to no heading`];
  });
}

/** The targets of links and pictures, except those that lead to another site. */
export function linksOf(markdown: string): string[] {
  const inline = [...prose(markdown).matchAll(/\]\(([^()\s]+)(?: "[^"]*")?\)/g)].map(([, target]) => target!);
  const inHtml = [...prose(markdown).matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, target]) => target!);
  return [...inline, ...inHtml].filter((target) => !/^(?:[a-z]+:|\/)/.test(target));
}

/** The anchors of the headings and of named elements. A heading that occurs again gets a number, as on GitHub. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading] of prose(markdown).matchAll(/^#{1,6} +(.+)$/gm)) {
    const anchor = headingAnchor(heading!.replace(/<[^>]*>/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    let count = 0;
    while (anchors.has(numbered(anchor, count))) count += 1;
    anchors.add(numbered(anchor, count));
  }
  for (const [, id] of markdown.matchAll(/\bid="([^"]+)"/g)) anchors.add(id!);
  return anchors;
}

function numbered(anchor: string, count: number): string {
  return count === 0 ? anchor : `${anchor}-${count}`;
}

/** The text without code, whose brackets are no links and whose hashes are no headings. */
function prose(markdown: string): string {
  return markdown.replace(/^( *)(`{3,})[\s\S]*?^\1\2 *$/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ''));
}
