/**
 * The chapters there are: their prose in `content/`, their scenarios in
 * `runnable/scenarios/`, and how a few letters name one of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Scenario } from '../../runnable/scenarios/scenario.ts';
import { parseYaml } from '../ports/yaml.ts';
import { pathsBelow, projectRoot } from '../source/files.ts';
import { nearest } from '../source/nearest.ts';
import { Failure, wrongInput } from './failure.ts';

export const partIds = ['knative', 'kubelet', 'tomcat', 'whole'] as const;

export interface Chapter {
  /** `knative/02-service`. */
  readonly id: string;
  readonly part: string;
  readonly title: string;
  readonly minutes: number | undefined;
  /** Names of its scenarios; the first one is the default. */
  readonly scenarios: readonly string[];
  /** What keeps it from being run, such as a scenario that is not there. */
  readonly fault?: string;
}

const idPattern = /^(?<part>[a-z]+)\/\d\d-(?<slug>[a-z0-9-]+)$/;

/** All chapters in the order of the parts and their numbers. */
export function findChapters(): Chapter[] {
  const files = pathsBelow('runnable/scenarios', ['.ts']).filter(holdsScenario);
  const pages = pathsBelow('content', ['/index.mdx']);
  const ids = new Set([
    ...pages.map((path) => path.split('/').slice(1, 3).join('/')),
    ...files.map((path) => path.split('/').slice(2, 4).join('/')),
  ]);
  return partIds.flatMap((part) =>
    [...ids]
      .filter((id) => idPattern.exec(id)?.groups?.['part'] === part)
      .sort()
      .map((id) => chapterOf(id, files)),
  );
}

/**
 * The chapter that a word names: its id, its slug with or without the part,
 * or any beginning of these that no other chapter shares.
 *
 * @throws {Failure} when it names none, or several
 */
export function chapterNamed(
  chapters: readonly Chapter[],
  word: string,
  otherWords: readonly string[] = [],
): Chapter {
  if (word.trim() === '') {
    throw wrongInput('Cannot choose a chapter: expected a name, found nothing');
  }
  // `knative/2` means the second one.
  const matches = matching(chapters, word.replace(/\/(?=\d(?:-|$))/, '/0'));
  const [one, ...others] = matches;
  if (one !== undefined && others.length === 0) return one;
  if (one !== undefined) {
    const found = matches.map(({ id }) => `"${id}"`).join(', ');
    throw wrongInput(
      `Cannot choose a chapter by "${word}": expected one, found ${found}`,
    );
  }
  throw unknownChapter(chapters, word, otherWords);
}

/** The nearest chapter or verb; those of its part; or where to look. */
function unknownChapter(
  chapters: readonly Chapter[],
  word: string,
  otherWords: readonly string[],
): Failure {
  const own = chapters.filter(({ part }) => word.startsWith(`${part}/`));
  const slugs = own.map((one) => namesOf(one).at(-1) ?? '');
  const slug = word.slice(word.indexOf('/') + 1);
  if (own.length > 0 && nearest(slug, slugs).length === 0) {
    const ids = own.map(({ id }) => id);
    return wrongInput(
      `Cannot find chapter "${word}": expected ${ids.map((id) => `"${id}"`).join(', ')}`,
    );
  }
  const names = [...chapters.flatMap(namesOf), ...otherWords];
  if (nearest(word, names).length > 0) {
    return unknownName('chapter', word, names);
  }
  return wrongInput(
    `Cannot find chapter "${word}": "npm run chapter" lists those there are`,
  );
}

/**
 * The scenario of a chapter that a word names; the default one without.
 *
 * @throws {Failure} when the chapter has no such scenario
 */
export function scenarioNamed(chapter: Chapter, word?: string): string {
  const { fault } = chapter;
  if (fault !== undefined) {
    throw new Failure(3, `Cannot run ${chapter.id}: ${fault}`);
  }
  const [first] = chapter.scenarios;
  if (first === undefined) {
    throw new Failure(3, `Cannot run ${chapter.id}: it has no scenario yet`);
  }
  if (word === undefined) return first;
  if (chapter.scenarios.includes(word)) return word;
  throw unknownName('scenario', word, chapter.scenarios, ` of ${chapter.id}`);
}

/** A scenario as it stands in its file, not recorded. */
export async function loadScenario(
  chapter: string,
  name: string,
): Promise<Scenario> {
  const path = `runnable/scenarios/${chapter}/${name}.ts`;
  const module = (await import(new URL(path, projectRoot).href)) as {
    readonly scenario: Scenario;
  };
  return module.scenario;
}

/** One line with the nearest name, or with all of them when none is near. */
export function unknownName(
  what: string,
  word: string,
  names: readonly string[],
  where = '',
): Failure {
  const [best] = nearest(word, names);
  const wanted =
    best === undefined
      ? `expected ${names.map((name) => `"${name}"`).join(', ')}`
      : `did you mean "${best}"?`;
  return wrongInput(`Cannot find ${what} "${word}"${where}: ${wanted}`);
}

function matching(chapters: readonly Chapter[], word: string): Chapter[] {
  const exact = chapters.filter((one) => namesOf(one).includes(word));
  if (exact.length > 0) return exact;
  return chapters.filter((one) =>
    namesOf(one).some((name) => name.startsWith(word)),
  );
}

/** `knative/02-service`, `knative/service`, `service`. */
function namesOf({ id, part }: Chapter): string[] {
  const slug = idPattern.exec(id)?.groups?.['slug'] ?? '';
  return [id, `${part}/${slug}`, slug];
}

/** Whether a file is a scenario, not what several of them share. */
const holdsScenario = (path: string): boolean =>
  readFileSync(new URL(path, projectRoot), 'utf8').includes(
    'export const scenario',
  );

function chapterOf(id: string, files: readonly string[]): Chapter {
  const own = files
    .filter((path) => path.startsWith(`runnable/scenarios/${id}/`))
    .map((path) => path.slice(path.lastIndexOf('/') + 1, -'.ts'.length));
  const { part = '', slug = '' } = idPattern.exec(id)?.groups ?? {};
  const { title, minutes, scenarios } = topMatter(`content/${id}/index.mdx`);
  const missing = scenarios.find((name) => !own.includes(name));
  return {
    id,
    part,
    title: title ?? slug.replaceAll('-', ' '),
    minutes,
    scenarios: [
      ...scenarios.filter((name) => own.includes(name)),
      ...own.filter((name) => !scenarios.includes(name)),
    ],
    ...(missing === undefined
      ? {}
      : { fault: `its page lists scenario "${missing}", which has no file` }),
  };
}

interface TopMatter {
  readonly title?: string;
  readonly minutes: number | undefined;
  readonly scenarios: readonly string[];
}

/** The part of a chapter's top matter that matters here. */
function topMatter(path: string): TopMatter {
  const url = new URL(path, projectRoot);
  if (!existsSync(url)) return { minutes: undefined, scenarios: [] };
  const text = readFileSync(url, 'utf8');
  const yaml = /^---\n(?<yaml>.*?)\n---\n/s.exec(text)?.groups?.['yaml'] ?? '';
  const data = (parseYaml(yaml) ?? {}) as Readonly<Record<string, unknown>>;
  const { title, minutes, scenarios } = data;
  return {
    ...(typeof title === 'string' ? { title } : {}),
    minutes: typeof minutes === 'number' ? minutes : undefined,
    scenarios: Array.isArray(scenarios) ? scenarios.map(String) : [],
  };
}
