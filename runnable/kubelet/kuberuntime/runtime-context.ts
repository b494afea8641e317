/**
 * What the functions of the runtime manager work with. They are methods of one
 * large type upstream; here they take it as their first argument.
 */
import type { EventRecorder } from '../../client-go/tools/record/event.ts';
import type { Sim } from '../../sim/sim.ts';
import type { RuntimeService } from '../apis/cri/services.ts';
import type { FileSystem } from '../container/os.ts';
import type { ImageManager } from '../images/image-manager.ts';
import type { Manager as ResultsManager } from '../prober/results/results-manager.ts';

/** The prefix of container IDs in API statuses, as in `docker://c1`. */
export const runtimeName = 'docker';

export interface RuntimeContext {
  readonly sim: Sim;
  readonly recorder: EventRecorder;
  readonly runtimeService: RuntimeService;
  readonly imagePuller: ImageManager;
  readonly os: FileSystem;
  readonly livenessManager: ResultsManager;
}
