/**
 * What a sync did, action by action, and how each ended.
 */

/** @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/sync_result.go SyncAction */
export type SyncAction =
  | 'StartContainer'
  | 'KillContainer'
  | 'SetupNetwork'
  | 'TeardownNetwork'
  | 'InitContainer'
  | 'CreatePodSandbox'
  | 'ConfigPodSandbox'
  | 'KillPodSandbox';

/**
 * A failure with a name that users meet as a reason, such as
 * `CrashLoopBackOff`, and a text that tells more.
 */
export class ReasonError extends Error {
  override readonly name = 'ReasonError';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/sync_result.go SyncResult
 */
export class SyncResult {
  readonly action: SyncAction;
  readonly target: string;
  /** The name of the failure; undefined after a success. */
  error: string | undefined;
  message = '';

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/sync_result.go NewSyncResult
   */
  constructor(action: SyncAction, target: string) {
    this.action = action;
    this.target = target;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/sync_result.go SyncResult.Fail
   */
  fail(error: string, message: string): void {
    this.error = error;
    this.message = message;
  }
}

/**
 * @upstream kubernetes/kubernetes v1.13.5
 *   pkg/kubelet/container/sync_result.go PodSyncResult
 */
export class PodSyncResult {
  readonly syncResults: SyncResult[] = [];
  /** A failure of the sync that belongs to no action. */
  syncError: Error | undefined;

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/sync_result.go PodSyncResult.AddSyncResult
   */
  addSyncResult(...results: readonly SyncResult[]): void {
    this.syncResults.push(...results);
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/sync_result.go PodSyncResult.AddPodSyncResult
   */
  addPodSyncResult(result: PodSyncResult): void {
    this.addSyncResult(...result.syncResults);
    this.syncError = result.syncError;
  }

  /**
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/sync_result.go PodSyncResult.Fail
   */
  fail(err: Error): void {
    this.syncError = err;
  }

  /**
   * All failures as one error; undefined when there was none.
   *
   * @upstream kubernetes/kubernetes v1.13.5
   *   pkg/kubelet/container/sync_result.go PodSyncResult.Error
   */
  error(): Error | undefined {
    const texts: string[] = [];
    if (this.syncError !== undefined) {
      texts.push(`failed to SyncPod: ${this.syncError.message}`);
    }
    for (const { action, target, error, message } of this.syncResults) {
      if (error === undefined) continue;
      texts.push(
        `failed to "${action}" for "${target}" with ${error}: ${JSON.stringify(message)}`,
      );
    }
    const [first] = texts;
    if (first === undefined) return undefined;
    return new Error(texts.length === 1 ? first : `[${texts.join(', ')}]`);
  }
}
