import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { headingAnchor } from './heading-anchor';
import { pages } from './pages';
import { linkToRepository } from './repository-links';

const NAME = 'cdk-scalable-stateless-service';
const REPOSITORY_URL = `https://github.com/${NAME}/${NAME}`;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  title: NAME,
  titleTemplate: `:title · ${NAME}`,
  description: 'A load-balanced Fargate service whose scaling you can forecast, rehearse and prove',
  lang: 'en',
  base: process.env['DOCS_BASE'] ?? '/',
  cleanUrls: true,
  lastUpdated: false,
  markdown: {
    anchor: { slugify: headingAnchor },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: (markdown) => linkToRepository(markdown, REPOSITORY_URL),
  },
  themeConfig: {
    siteTitle: NAME,
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/getting-started', activeMatch: '^/(getting-started|construct)' },
      { text: 'Forecast', link: '/forecast' },
      { text: 'CLI', link: '/cli' },
      { text: 'API', link: '/api' },
    ],
    sidebar: pages,
    socialLinks: [{ icon: 'github', link: REPOSITORY_URL }],
    search: { provider: 'local' },
    footer: { message: 'Apache-2.0' },
  },
  buildEnd: ({ outDir }) => copyFileSync(join(ROOT, 'llms.txt'), join(outDir, 'llms.txt')),
});
