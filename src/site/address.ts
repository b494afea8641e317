/**
 * Where the site and its repository live, if anybody said so.
 *
 * Both are optional: without them the pages have no canonical address and no
 * links to edit them or to report a mistake.
 */

function addressFrom(name: string): string | undefined {
  const given = process.env[name]?.trim();
  if (given === undefined || given === '') return undefined;
  if (!URL.canParse(given) || !/^https?:/.test(given)) {
    throw new TypeError(
      `Cannot use ${name}: found "${given}", wanted an address that starts with https://`,
    );
  }
  return given.replace(/\/+$/, '');
}

export const repositoryUrl = addressFrom('REPOSITORY_URL');
export const siteUrl = addressFrom('SITE_URL');

/** Where a file of the project is edited. */
export function editUrl(file: string): string | undefined {
  return repositoryUrl && `${repositoryUrl}/edit/main/${file}`;
}

/** Where a mistake on a page is reported. */
export function reportUrl(page: string): string | undefined {
  const title = encodeURIComponent(`${page}: `);
  return repositoryUrl && `${repositoryUrl}/issues/new?title=${title}`;
}
