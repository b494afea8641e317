/**
 * Revision: a snapshot of code and configuration, never changed once made.
 *
 * Its spec is also the template inside Configurations and Services.
 */
import { deepCopy } from '../../../../apiserver/objects.ts';
import type { Mutable } from '../../../../apiserver/objects.ts';
import type { KObject, ObjectMeta } from '../../../../apiserver/store.ts';
import type { Clock } from '../../../../sim/clock.ts';
import type {
  Container,
  ObjectReference,
  Volume,
} from '../../core/v1/types.ts';
import type { Condition } from '../../duck/v1alpha1/conditions-types.ts';
import { setRevisionSpecDefaults } from './revision-defaults.ts';
import { RevisionStatus } from './revision-status.ts';

/** Where the queue proxy takes requests. */
export const requestQueuePortName = 'queue-port';
export const requestQueuePort = 8012;

/** Where it is asked for its health, and told to quit. */
export const requestQueueAdminPortName = 'queueadm-port';
export const requestQueueAdminPort = 8022;

/** Where it says what it has measured. */
export const requestQueueMetricsPortName = 'queue-metrics';
export const requestQueueMetricsPort = 9090;

/**
 * How the container speaks; `h2c` is HTTP/2 without encryption.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionProtocolType
 */
export type RevisionProtocolType = 'http1' | 'h2c';

/**
 * What to run and how.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionSpec
 */
export interface RevisionSpec {
  /** Counted by hand before the API server counted generations. */
  readonly generation?: number;
  readonly servingState?: string;
  /** The older word for `containerConcurrency`. */
  readonly concurrencyModel?: 'Single' | 'Multi' | '';
  /** How many requests a pod takes at a time; 0 for any number. */
  readonly containerConcurrency?: number;
  readonly serviceAccountName?: string;
  readonly buildName?: string;
  readonly buildRef?: ObjectReference;
  readonly container?: Container;
  readonly volumes?: readonly Volume[];
  /** How long one request may take. */
  readonly timeoutSeconds?: number;
}

/**
 * What a Configuration makes its Revisions from.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionTemplateSpec
 */
export interface RevisionTemplateSpec {
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: RevisionSpec;
}

/**
 * What the revision controller found out.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go RevisionStatus
 */
export interface RevisionStatusFields {
  readonly conditions?: readonly Condition[] | undefined;
  readonly observedGeneration?: number | undefined;
  /** The k8s Service that balances over its pods. */
  readonly serviceName?: string | undefined;
  readonly logUrl?: string | undefined;
  /** The image with its tag resolved. */
  readonly imageDigest?: string | undefined;
}

/**
 * A Revision as it is stored and read.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_types.go Revision
 */
export interface RevisionObject extends KObject {
  readonly spec?: RevisionSpec;
  readonly status?: RevisionStatusFields;
}

/** A Revision to work on: a deep copy with its methods. */
export class Revision {
  readonly apiVersion = 'serving.knative.dev/v1alpha1';
  readonly kind = 'Revision';
  metadata: RevisionObject['metadata'];
  spec: Mutable<RevisionSpec>;
  status: RevisionStatus;

  constructor(original: RevisionObject, clock: Clock) {
    const copy = deepCopy(original);
    this.metadata = copy.metadata;
    this.spec = copy.spec ?? {};
    this.status = new RevisionStatus(copy.status ?? {}, clock);
  }

  /** The object to send to the API. */
  object(): RevisionObject {
    const { apiVersion, kind, metadata, spec, status } = this;
    return { apiVersion, kind, metadata, spec, status };
  }

  /**
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_defaults.go Revision.SetDefaults
   */
  setDefaults(): void {
    setRevisionSpecDefaults(this.spec);
  }

  /**
   * The object that has to build the image first, if there is one.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go Revision.BuildRef
   */
  buildRef(): ObjectReference | undefined {
    const { namespace = '' } = this.metadata;
    const { buildRef, buildName } = this.spec;
    if (buildRef !== undefined) {
      const own = buildRef.namespace;
      return { ...buildRef, namespace: own ? own : namespace };
    }
    if (!buildName) return undefined;
    return {
      apiVersion: 'build.knative.dev/v1alpha1',
      kind: 'Build',
      namespace,
      name: buildName,
    };
  }

  /**
   * What the name of the container's first port says.
   *
   * @upstream knative/serving v0.4.1
   *   pkg/apis/serving/v1alpha1/revision_types.go Revision.GetProtocol
   */
  getProtocol(): RevisionProtocolType {
    const [port] = this.spec.container?.ports ?? [];
    return port?.name === 'h2c' ? 'h2c' : 'http1';
  }
}
