import { posix } from 'node:path';

/** The part of a Markdown token that a link consists of. */
interface Token {
  readonly type: string;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

/** The part of markdown-it that rewrites links. */
interface Markdown {
  readonly core: {
    readonly ruler: { push(name: string, rule: (state: { tokens: Token[]; env: { relativePath?: string } }) => void): void };
  };
}

/** Points links that leave the folder `docs` to the file in the repository: the site has pages of that folder only. */
export function linkToRepository(markdown: Markdown, repositoryUrl: string): void {
  markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
    const folder = posix.dirname(posix.join('docs', env.relativePath ?? ''));
    const links = tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open');
    for (const link of links) {
      const path = posix.join(folder, link.attrGet('href') ?? '');
      if (leavesTheSite(link.attrGet('href'), path)) link.attrSet('href', `${repositoryUrl}/blob/main/${path}`);
    }
  });
}

function leavesTheSite(href: string | null, path: string): boolean {
  return href?.startsWith('../') === true && !path.startsWith('docs/');
}
