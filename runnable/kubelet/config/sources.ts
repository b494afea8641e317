/**
 * Whether every source of pods has been heard. Until then a pod that nobody
 * names may only not have been named yet, so nothing is cleaned up.
 *
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/config/sources.go sourcesImpl
 */
export class SourcesReady {
  readonly #sourcesSeen = new Set<string>();
  readonly #sourcesReadyFn: (seen: ReadonlySet<string>) => boolean;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/sources.go NewSourcesReady
   */
  constructor(sourcesReadyFn: (seen: ReadonlySet<string>) => boolean) {
    this.#sourcesReadyFn = sourcesReadyFn;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/sources.go sourcesImpl.AddSource
   */
  addSource(source: string): void {
    this.#sourcesSeen.add(source);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/config/sources.go sourcesImpl.AllReady
   */
  allReady(): boolean {
    return this.#sourcesReadyFn(this.#sourcesSeen);
  }
}
