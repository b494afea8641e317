/**
 * The revision controller, to be tried on its own: without a registry, and
 * with nobody who could hear what it tracks.
 */
import {
  configMaps,
  deployments,
  endpoints,
  services as coreServices,
} from '../../../apiserver/kinds.ts';
import type { InformerFactory } from '../../apis/duck/interface.ts';
import { images, podAutoscalers, revisions } from '../../apis/resources.ts';
import { newTracker } from '../../tracker/enqueue.ts';
import { Store } from '../v1alpha1/revision/config/store.ts';
import { DigestResolver } from '../v1alpha1/revision/resolve.ts';
import type { Resolver } from '../v1alpha1/revision/resolve.ts';
import { Reconciler } from '../v1alpha1/revision/revision.ts';
import type { Build } from './reconcile-once.ts';

/** No registry can be reached here, so each is one that is not asked. */
const all = { has: (): boolean => true };

const offline = new DigestResolver({
  async digest() {
    throw new Error('no registry can be reached');
  },
});

/** A digest is taken as it is, and a tag stays a tag. */
const resolver: Resolver = {
  resolve: (image, keychain) => offline.resolve(image, keychain, all),
};

/** The revision controller. */
export const buildRevision: Build = (options, listerOf) => {
  const { sim, logger, configMapWatcher, resyncPeriod } = options;
  const configStore = new Store(sim, logger);
  configStore.watchConfigs(configMapWatcher);
  const buildInformerFactory: InformerFactory = {
    get: async (gvr) => ({
      addEventHandler: () => undefined,
      lister: () => listerOf(gvr),
    }),
  };
  return new Reconciler(
    options,
    {
      revisions: listerOf(revisions),
      podAutoscalers: listerOf(podAutoscalers),
      images: listerOf(images),
      deployments: listerOf(deployments),
      services: listerOf(coreServices),
      endpoints: listerOf(endpoints),
      configMaps: listerOf(configMaps),
    },
    {
      configStore,
      resolver,
      buildInformerFactory,
      tracker: newTracker(() => undefined, resyncPeriod, sim.clock),
    },
  );
};
