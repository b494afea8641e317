/**
 * How a pod starts is not this chapter's matter: what its stories leave out.
 */
import { nodeFold } from '../node-scenario.ts';

export const startUp: readonly string[] = [
  ...nodeFold,
  'call PodWorkers.updatePod create',
  'call Cache.getNewerThan',
  'call sync-pod/syncPod create',
  'call makePodDataDirs',
  'call createPodSandbox',
  'call computePodActions',
  'call CRI.runPodSandbox',
  'call CRI.startContainer',
  'return CRI',
  'task.start worker',
  'chan.send configCh',
  'event Pulled',
];

/** The head of the story says so. */
export const startUpNote = 'folded: how the pods start';
