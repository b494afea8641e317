/** The folder the site lies in, seen from this page: `../../`, or `/`. */
export function rootPath(): string {
  return document.documentElement.dataset['root'] ?? '/';
}
