/**
 * The index of the originals: which lines of which file hold which symbol.
 *
 * The data lie in `index/`, one file a repository, read from the pinned
 * releases. Files listed under `approximate` were read from a tree with small
 * changes, so that their line numbers may be off by a little.
 */
import knative from './index/knative-serving.json' with { type: 'json' };
import kubernetes from './index/kubernetes.json' with { type: 'json' };
import tomcat from './index/tomcat.json' with { type: 'json' };

export interface Original {
  readonly repo: string;
  readonly tag: string;
  readonly language: string;
  /** Path → symbol → first and last line, or a list of such pairs. */
  readonly files: Readonly<
    Record<
      string,
      Readonly<Record<string, readonly number[] | readonly number[][]>>
    >
  >;
  readonly approximate?: readonly string[];
}

export const originals: readonly Original[] = [knative, kubernetes, tomcat];
