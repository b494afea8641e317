/**
 * The machine's file system, in memory: directories, files, links and mounts,
 * so that a step can show what a pod leaves on the disk.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/os.go OSInterface
 * @differs upstream's calls the operating system
 */
import type { Channel } from '../../sim/channel.ts';

/** What stands at a path. */
export interface Entry {
  readonly kind: 'directory' | 'file' | 'link' | 'mount';
  /** Octal, such as `0750`; of directories only. */
  readonly mode?: string;
  /** Where a link leads, or what is mounted. */
  readonly target?: string;
  /** What a file holds. */
  readonly text?: string;
}

interface Watcher {
  readonly path: string;
  readonly changes: Channel<string>;
}

export class FileSystem {
  /** By absolute path; parents always have an entry too. */
  readonly entries = new Map<string, Entry>();
  /** Names directly below each path, in the order of their making. */
  readonly #names = new Map<string, Set<string>>();
  /** Paths at which something is mounted. */
  readonly mounts = new Set<string>();
  /** Paths at which making a directory fails, with the text of the error. */
  readonly failing = new Map<string, string>();
  readonly #watchers: Watcher[] = [];

  /**
   * Makes a directory and those above it; an existing one is left alone.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/os.go OSInterface.MkdirAll
   * @throws {Error} when the scenario says that the disk refuses
   */
  mkdirAll(path: string, mode: string): void {
    const refusal = this.failing.get(path);
    if (refusal !== undefined) throw new Error(`mkdir ${path}: ${refusal}`);
    const parts = path.split('/').slice(1);
    for (const index of parts.keys()) {
      const ancestor = `/${parts.slice(0, index + 1).join('/')}`;
      if (this.entries.has(ancestor)) continue;
      this.#put(ancestor, { kind: 'directory', mode });
    }
  }

  /** Makes a file, or gives one another content. */
  create(path: string, text = ''): void {
    this.#put(path, { kind: 'file', text });
    this.#changed(path);
  }

  /** Sends the path of whatever changes at or below `path`, like inotify. */
  watch(path: string, changes: Channel<string>): void {
    this.#watchers.push({ path, changes });
  }

  #changed(path: string): void {
    for (const watcher of this.#watchers) {
      if (path === watcher.path || path.startsWith(`${watcher.path}/`)) {
        watcher.changes.trySend(path);
      }
    }
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/os.go OSInterface.Symlink
   */
  symlink(target: string, path: string): void {
    this.#put(path, { kind: 'link', target });
  }

  /** Puts a volume at a path. */
  mount(source: string, path: string): void {
    this.#put(path, { kind: 'mount', target: source });
    this.mounts.add(path);
  }

  /**
   * What stands at the path, without following a link.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/os.go OSInterface.Stat
   */
  stat(path: string): Entry | undefined {
    return this.entries.get(path);
  }

  /**
   * Removes one entry; a missing one is no error.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/os.go OSInterface.Remove
   */
  remove(path: string): void {
    if (this.#drop(path)) this.#changed(path);
  }

  /**
   * Removes an entry and all below it.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/os.go OSInterface.RemoveAll
   */
  removeAll(path: string): void {
    for (const name of this.readDir(path)) this.removeAll(`${path}/${name}`);
    this.#drop(path);
  }

  /**
   * Names directly below a directory, in the order of their making.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/os.go OSInterface.ReadDir
   */
  readDir(path: string): string[] {
    return [...(this.#names.get(path) ?? [])];
  }

  #put(path: string, entry: Entry): void {
    this.entries.set(path, entry);
    const [folder, name] = split(path);
    const names = this.#names.get(folder) ?? new Set<string>();
    this.#names.set(folder, names.add(name));
  }

  #drop(path: string): boolean {
    const [folder, name] = split(path);
    this.#names.get(folder)?.delete(name);
    this.mounts.delete(path);
    return this.entries.delete(path);
  }
}

/** The folder that a path is in, and its name there. */
function split(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, slash), path.slice(slash + 1)];
}
