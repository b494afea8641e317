/**
 * The site: static files, chapters from `content/`, links that the build makes
 * relative afterwards, so that any folder of any web server will do.
 */
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { siteUrl } from './src/site/address.ts';
import { codeTransformers, codeTheme } from './src/site/highlight.ts';

/** Astro knows no folder: addresses of pages get the site's in front. */
const pages = sitemap({
  filter: (page) => !page.includes('/embed/'),
  serialize: (item) => ({
    ...item,
    url: `${siteUrl}${new URL(item.url).pathname}`,
  }),
});

export default defineConfig({
  ...(siteUrl ? { site: siteUrl } : {}),
  integrations: [mdx(), preact(), ...(siteUrl ? [pages] : [])],
  devToolbar: { enabled: false },
  compressHTML: true,
  build: { assets: 'assets' },
  markdown: {
    shikiConfig: { theme: codeTheme, transformers: codeTransformers },
  },
  vite: {
    experimental: {
      /** Files name each other by where they are, not from a root. */
      renderBuiltUrl: (_, { ssr }) => (ssr ? undefined : { relative: true }),
    },
    build: {
      rolldownOptions: {
        /** One warning an MDX file about "use astro:head-inject"; harmless. */
        onLog(level, log, next) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
        },
      },
    },
  },
});
