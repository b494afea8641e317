/**
 * The search page: asks Pagefind's index, which lies beside the site, and
 * lists what it finds. The question is kept in the address, so it can be sent.
 */
import { rootPath } from './root.ts';

interface Found {
  readonly url: string;
  /** With `mark` around what matched; the rest is escaped by Pagefind. */
  readonly excerpt: string;
  readonly meta: Readonly<Record<string, string>>;
}

interface Pagefind {
  options(options: {
    readonly excerptLength: number;
    readonly ranking: { readonly pageLength: number };
  }): Promise<void>;
  debouncedSearch(query: string): Promise<{
    readonly results: readonly { data(): Promise<Found> }[];
  } | null>;
}

/** How many results are looked at, and how many of these are listed. */
const fetched = 60;
const shown = 24;
/** Pages of prose that stand before the steps of runs. */
const leading = 6;

/** Makes the form of the search page work. */
export function startSearch(): void {
  const form = document.querySelector<HTMLFormElement>('[data-search]');
  const input = form?.querySelector('input');
  const status = form?.querySelector('[data-search-status]');
  const list = form?.querySelector('[data-search-results]');
  if (!form || !input || !status || !list) return;
  form.hidden = false;
  const page = new URL(location.href);
  input.value = page.searchParams.get('q') ?? '';
  const run = () => {
    page.searchParams.set('q', input.value);
    history.replaceState(null, '', page);
    void search(input.value.trim(), status, list);
  };
  input.addEventListener('input', run);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  if (input.value !== '') run();
  input.focus();
}

async function search(query: string, status: Element, list: Element) {
  if (query === '') {
    list.replaceChildren();
    status.textContent = '';
    return;
  }
  try {
    const pagefind = await load();
    const answer = await pagefind.debouncedSearch(query);
    if (answer === null) return;
    const found = await Promise.all(
      answer.results.slice(0, fetched).map((result) => result.data()),
    );
    list.replaceChildren(...proseFirst(found).slice(0, shown).map(itemOf));
    status.textContent = describe(answer.results.length, query);
  } catch (error) {
    status.textContent = `The index cannot be read (${String(error)}). It is made by "npm run build".`;
  }
}

/**
 * A word of the prose is a name in many files and many steps. What explains
 * it comes first, then where it happens, then where it is written.
 */
function proseFirst(found: readonly Found[]): Found[] {
  const code = found.filter((one) => kindOf(one) === 'code');
  const runs = found.filter((one) => kindOf(one).startsWith('run of'));
  const prose = found.filter(
    (one) => !code.includes(one) && !runs.includes(one),
  );
  return [
    ...prose.slice(0, leading),
    ...runs,
    ...prose.slice(leading),
    ...code,
  ];
}

function kindOf({ meta }: Found): string {
  return meta['kind'] ?? 'page';
}

function describe(total: number, query: string): string {
  if (total === 0) return `Nothing holds “${query}”.`;
  const first = total > shown ? `, the first ${String(shown)} are shown` : '';
  return `${String(total)} ${total === 1 ? 'place' : 'places'}${first}.`;
}

function itemOf({ url, excerpt, meta }: Found): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = rootPath() + url.replace(/^\//, '');
  link.textContent = meta['title'] ?? url;
  const text = document.createElement('p');
  text.innerHTML = excerpt;
  const kind = document.createElement('small');
  kind.textContent = kindOf({ url, excerpt, meta });
  item.append(link, kind, text);
  return item;
}

let loaded: Promise<Pagefind> | undefined;

function load(): Promise<Pagefind> {
  loaded ??= (async () => {
    const address = new URL(`${rootPath()}pagefind/pagefind.js`, location.href);
    const pagefind = (await import(
      /* @vite-ignore */ address.href
    )) as Pagefind;
    // Long pages explain; by default short ones come before them.
    await pagefind.options({ excerptLength: 28, ranking: { pageLength: 0.1 } });
    return pagefind;
  })();
  return loaded;
}
