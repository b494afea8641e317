/**
 * The webhook: looks at every Service, Configuration, Route and Revision before
 * it is stored, fills in what was left out, and refuses what cannot work.
 *
 * So the controllers never meet an object that makes no sense, and the user
 * learns of a mistake at once, by the answer to `kubectl apply`.
 */
import type { Admission } from '../../apiserver/admission.ts';
import { ApiError, qualifiedResource } from '../../apiserver/api-error.ts';
import { deepCopy } from '../../apiserver/objects.ts';
import type { Mutable } from '../../apiserver/objects.ts';
import type { KObject } from '../../apiserver/store.ts';
import type { FieldError } from '../apis/field-error.ts';
import { setIngressSpecDefaults } from '../apis/networking/v1alpha1/clusteringress-defaults.ts';
import type { ClusterIngressObject } from '../apis/networking/v1alpha1/clusteringress-types.ts';
import {
  clusterIngresses,
  configurations,
  revisions,
  routes,
  services,
} from '../apis/resources.ts';
import { setConfigurationSpecDefaults } from '../apis/serving/v1alpha1/configuration-defaults.ts';
import type { ConfigurationObject } from '../apis/serving/v1alpha1/configuration-types.ts';
import { validateConfiguration } from '../apis/serving/v1alpha1/configuration-validation.ts';
import { setRevisionSpecDefaults } from '../apis/serving/v1alpha1/revision-defaults.ts';
import type { RevisionObject } from '../apis/serving/v1alpha1/revision-types.ts';
import {
  checkImmutableFields,
  validateRevision,
} from '../apis/serving/v1alpha1/revision-validation.ts';
import { validateRoute } from '../apis/serving/v1alpha1/route-validation.ts';
import { setServiceSpecDefaults } from '../apis/serving/v1alpha1/service-defaults.ts';
import type { ServiceObject } from '../apis/serving/v1alpha1/service-types.ts';
import { validateService } from '../apis/serving/v1alpha1/service-validation.ts';

/** What the API server calls it in its refusals. */
const webhookName = 'webhook.serving.knative.dev';

/**
 * What is done with objects of one kind.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/webhook/webhook.go GenericCRD
 */
interface GenericCRD {
  setDefaults(object: Mutable<KObject>): void;
  validate?(object: KObject): FieldError;
  checkImmutableFields?(current: KObject, original: KObject): FieldError;
}

/**
 * The kinds that the webhook knows.
 *
 * @upstream knative/serving v0.4.1
 *   cmd/webhook/main.go main
 * @omits PodAutoscalers and Images, and the validation of ClusterIngresses:
 *   controllers make all of these, and no user does
 */
const handlers: ReadonlyMap<string, GenericCRD> = new Map([
  [
    qualifiedResource(services),
    {
      setDefaults: (object: Mutable<ServiceObject>) => {
        setServiceSpecDefaults((object.spec ??= {}));
      },
      validate: validateService,
    },
  ],
  [
    qualifiedResource(configurations),
    {
      setDefaults: (object: Mutable<ConfigurationObject>) => {
        setConfigurationSpecDefaults((object.spec ??= {}));
      },
      validate: validateConfiguration,
    },
  ],
  [
    qualifiedResource(routes),
    { setDefaults: () => undefined, validate: validateRoute },
  ],
  [
    qualifiedResource(revisions),
    {
      setDefaults: (object: Mutable<RevisionObject>) => {
        setRevisionSpecDefaults((object.spec ??= {}));
      },
      validate: validateRevision,
      checkImmutableFields,
    },
  ],
  [
    qualifiedResource(clusterIngresses),
    {
      setDefaults: (object: Mutable<ClusterIngressObject>) => {
        setIngressSpecDefaults((object.spec ??= {}));
      },
    },
  ],
]);

/**
 * Answers the API server's question about an object.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/webhook/webhook.go AdmissionController.admit
 * @throws {ApiError} as the API server words the refusal
 */
export const admit: Admission = (gvr, operation, object, old) => {
  if (operation === 'DELETE') return object;
  const handler = handlers.get(qualifiedResource(gvr));
  return handler === undefined ? object : mutate(handler, object, old);
};

/**
 * Fills in defaults and then looks at the whole.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/webhook/webhook.go AdmissionController.mutate
 * @differs an object that is sent as JSON patches there is changed here
 * @omits the annotations that say which user made or changed a Service: the
 *   API in memory knows no users
 */
function mutate(
  handler: GenericCRD,
  object: Mutable<KObject>,
  old: KObject | undefined,
): KObject {
  handler.setDefaults(object);
  const error = validate(handler, object, old);
  if (error === undefined) return object;
  throw makeErrorStatus(`mutation failed: ${error.error()}`);
}

/**
 * What must not change is compared first. Defaults are no change.
 *
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/webhook/webhook.go validate
 */
function validate(
  handler: GenericCRD,
  object: KObject,
  old: KObject | undefined,
): FieldError | undefined {
  if (old !== undefined && handler.checkImmutableFields !== undefined) {
    const original = deepCopy(old);
    handler.setDefaults(original);
    const changed = handler.checkImmutableFields(object, original);
    if (!changed.isEmpty) return changed;
  }
  const wrong = handler.validate?.(object);
  return wrong?.isEmpty === false ? wrong : undefined;
}

/**
 * @upstream knative/serving v0.4.1
 *   vendor/github.com/knative/pkg/webhook/webhook.go makeErrorStatus
 */
function makeErrorStatus(reason: string): ApiError {
  const deniedBy = `admission webhook "${webhookName}" denied the request`;
  return new ApiError(400, '', `${deniedBy}: ${reason}`);
}
