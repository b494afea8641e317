/**
 * The controllers that can be tried on their own, by name.
 */
import { configurations, routes, services } from '../../apis/resources.ts';
import { Reconciler as ServiceReconciler } from '../v1alpha1/service/service.ts';
import type { Build } from './reconcile-once.ts';

export const buildService: Build = (options, listerOf) =>
  new ServiceReconciler(options, {
    services: listerOf(services),
    configurations: listerOf(configurations),
    routes: listerOf(routes),
  });
