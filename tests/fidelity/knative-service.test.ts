/**
 * The service controller against what the original did.
 */
import { buildService } from '../../runnable/knative/reconciler/testing/builds.ts';
import { testTable } from './knative/table.ts';

testTable('service', buildService);
