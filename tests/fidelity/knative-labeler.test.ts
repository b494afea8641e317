/**
 * The labeler against what the original did.
 */
import { buildLabeler } from '../../runnable/knative/reconciler/testing/builds.ts';
import { testTable } from './knative/table.ts';

testTable('labeler', buildLabeler);
