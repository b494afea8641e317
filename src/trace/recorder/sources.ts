/**
 * The files and functions of a run, numbered in the order they are loaded.
 */
import type { Machine } from '../../../runnable/scenarios/scenario.ts';
import type { Site, Trace } from '../format.ts';
import type { LocalSite } from '../instrument/walker.ts';

/** What is known of a file before it runs. */
export interface RecordedFile {
  /** Of the text it was instrumented from. */
  readonly hash: string;
  readonly sites: readonly LocalSite[];
}

export class Sources {
  readonly #known: ReadonlyMap<string, RecordedFile>;
  readonly #files: { path: string; hash: string; folded: boolean }[] = [];
  readonly #sites: Site[] = [];
  /** Sites of folded files. */
  readonly #folded = new Set<number>();
  /** Machines that follow a local variable, by site and name. */
  readonly #locals = new Map<number, Map<string, Machine>>();

  /** @param known by path, as given to `instrument` */
  constructor(known: ReadonlyMap<string, RecordedFile>) {
    this.#known = known;
  }

  get files(): Trace['files'] {
    return this.#files;
  }

  get sites(): Trace['sites'] {
    return this.#sites;
  }

  /**
   * Adds a file; the number of its first site.
   *
   * @throws {RangeError} when it was not instrumented for this recorder
   */
  add(path: string): number {
    const file = this.#known.get(path);
    if (file === undefined) {
      throw new RangeError(
        `Cannot record "${path}": it was not instrumented for this run`,
      );
    }
    const first = this.#sites.length;
    const number = this.#files.length;
    this.#files.push({ path, hash: file.hash, folded: false });
    for (const site of file.sites) this.#sites.push({ ...site, file: number });
    return first;
  }

  fold(isFolded: (path: string) => boolean): void {
    for (const file of this.#files) file.folded = isFolded(file.path);
    for (const [site, { file }] of this.#sites.entries()) {
      if (this.#files[file]?.folded === true) this.#folded.add(site);
    }
  }

  isFolded(site: number): boolean {
    return this.#folded.has(site);
  }

  /**
   * Whether a call of `site` stays inside the file of `caller`, and says
   * nothing of its own.
   */
  isWithin(site: number, caller: number): boolean {
    const { file, story } = this.#sites[site] ?? {};
    return (
      file === this.#sites[caller]?.file &&
      story === undefined &&
      !this.#locals.has(site)
    );
  }

  /** Whether a function's sentences may need its variables. */
  hasStory(site: number): boolean {
    return this.#sites[site]?.story !== undefined;
  }

  /** `file:line`, or undefined for what is not recorded. */
  place(site: number, line: number): string | undefined {
    const path = this.#fileOf(site)?.path;
    return path === undefined
      ? undefined
      : `${path}:${line === 0 ? (this.#sites[site]?.line ?? 0) : line}`;
  }

  /**
   * Finds the variables that machines follow.
   *
   * @throws {RangeError} when no recorded function is the one named
   */
  follow(machines: readonly Machine[]): void {
    for (const machine of machines) {
      if (machine.local === undefined) continue;
      const at = machine.local.lastIndexOf('#');
      const wanted = plain(machine.local.slice(0, at));
      const name = machine.local.slice(at + 1);
      const found = this.#sites.flatMap(({ symbol }, site) =>
        plain(symbol) === wanted ? [site] : [],
      );
      if (found.length === 0) {
        throw new RangeError(
          `Cannot follow machine "${machine.name}": no recorded function is "${machine.local.slice(0, at)}"`,
        );
      }
      for (const site of found) {
        const names = this.#locals.get(site) ?? new Map<string, Machine>();
        this.#locals.set(site, names.set(name, machine));
      }
    }
  }

  /** The machine that follows a variable. */
  machine(site: number, name: string): Machine | undefined {
    return this.#locals.get(site)?.get(name);
  }

  #fileOf(site: number): Trace['files'][number] | undefined {
    return this.#files[this.#sites[site]?.file ?? -1];
  }
}

/** A symbol without the sign of private methods. */
const plain = (symbol: string): string => symbol.replaceAll('#', '');
