/**
 * The revision controller against what the original did.
 */
import type { KObject } from '../../runnable/apiserver/store.ts';
import { buildRevision } from '../../runnable/knative/reconciler/testing/build-revision.ts';
import { configMap } from './knative/cases.ts';
import { testTable } from './knative/table.ts';

/** `meta.environments.revision` of the data. */
const environment = (test: string): readonly KObject[] => [
  configMap('config-controller', {
    queueSidecarImage: 'queueImage',
    registriesSkippingTagResolving: 'index.docker.io',
  }),
  configMap('config-network', { 'istio.sidecar.includeOutboundIPRanges': '*' }),
  configMap('config-observability', {
    'logging.revision-url-template': 'http://logger.io/${REVISION_UID}',
    'logging.enable-var-log-collection': String(
      test === 'TestReconcileWithVarLogEnabled',
    ),
    'logging.fluentd-sidecar-image': '',
  }),
];

testTable('revision', buildRevision, environment);
