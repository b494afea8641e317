/**
 * Makes the links of the built pages relative, so that the site works in any
 * folder of any web server.
 *
 * Pages are written with addresses from the root (`/about/`). Only attributes
 * that hold addresses are touched, and only addresses from the root.
 */

const attributes =
  'href|src|action|poster|content|component-url|renderer-url|before-hydration-url|data-root|data-[a-z-]+-url';
const rooted = new RegExp(
  `(<[a-z][^<>]*?\\s(?:${attributes})=")/(?!/)([^"]*")`,
  'g',
);

/**
 * The page with relative addresses.
 *
 * @param page path of the page in the site, such as `about/index.html`
 */
export function relativeLinks(html: string, page: string): string {
  const up = '../'.repeat(page.split('/').length - 1);
  const base = up === '' ? './' : up;
  let text = html;
  let before: string;
  // A tag may hold several addresses; each pass finds one of them.
  do {
    before = text;
    text = text.replace(
      rooted,
      (_, head: string, rest: string) => `${head}${base}${rest}`,
    );
  } while (text !== before);
  return text;
}

/** The same for the 404 page, which is served at any depth. */
export function linksBelow(html: string, base: string): string {
  const folder = base.endsWith('/') ? base : `${base}/`;
  return html.replace('<head>', `<head><base href="${folder}">`);
}
