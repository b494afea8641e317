/**
 * The label `serving.knative.dev/route`: who has it, who should, and how it is
 * written.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import type { NamespaceLister } from '../../../../client-go/tools/cache/listers.ts';
import { configurations } from '../../../apis/resources.ts';
import { routeLabelKey } from '../../../apis/serving/register.ts';
import type { ConfigurationObject } from '../../../apis/serving/v1alpha1/configuration-types.ts';
import type { RouteObject } from '../../../apis/serving/v1alpha1/route-types.ts';
import type { ServingV1alpha1Client } from '../../../client/serving-client.ts';
import { notInCache } from '../../reconciler.ts';

type ConfigurationLister = NamespaceLister<ConfigurationObject>;

/**
 * Gives the label to Configurations that do not have it, in order of their
 * names. If one of them carries the name of another Route, none gets it.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/labeler/labels.go Reconciler.setLabelForGivenConfigurations
 * @differs upstream puts an empty map of labels into the cached object where
 *   it has none; what is in our caches is frozen
 * @throws {Error} when a Configuration is missing, in use by another Route, or
 *   cannot be written
 * @story because traffic of Route {route.metadata.name} goes to one of its
 *   Revisions
 */
export async function setLabelForGivenConfigurations(
  client: ServingV1alpha1Client,
  lister: ConfigurationLister,
  route: RouteObject,
  names: readonly string[],
): Promise<void> {
  const { name: routeName } = route.metadata;
  const unlabelled: ConfigurationObject[] = [];
  for (const name of names) {
    const config = lister.get(name);
    if (config === undefined) throw notInCache(configurations, name);
    const user = config.metadata.labels?.[routeLabelKey];
    if (user === undefined) unlabelled.push(config);
    else if (user !== routeName) {
      const format =
        'Configuration %q is already in use by %q, and cannot be used by %q';
      throw new Error(sprintf(format, name, user, routeName));
    }
  }
  for (const config of unlabelled) {
    await setRouteLabelForConfiguration(client, config, routeName);
  }
}

/**
 * Takes the label from every Configuration that has this Route's name on it
 * and is not to be kept.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/labeler/labels.go Reconciler.deleteLabelForOutsideOfGivenConfigurations
 * @throws {Error} when one of them cannot be written
 * @story because no traffic of Route {route.name} goes to it any more
 */
export async function deleteLabelForOutsideOfGivenConfigurations(
  client: ServingV1alpha1Client,
  lister: ConfigurationLister,
  route: { readonly name: string; readonly keep: readonly string[] },
): Promise<void> {
  for (const config of lister.list(`${routeLabelKey}=${route.name}`)) {
    if (route.keep.includes(config.metadata.name)) continue;
    await setRouteLabelForConfiguration(client, config, null);
  }
}

/**
 * Writes the label, or removes it with null. The version that was read goes
 * along, so that a change in between is noticed.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/labeler/labels.go setRouteLabelForConfiguration
 */
async function setRouteLabelForConfiguration(
  client: ServingV1alpha1Client,
  config: ConfigurationObject,
  routeName: string | null,
): Promise<void> {
  const { name, namespace = '', resourceVersion = '' } = config.metadata;
  await client.configurations.patch(namespace, name, {
    type: 'merge',
    body: {
      metadata: { labels: { [routeLabelKey]: routeName }, resourceVersion },
    },
  });
}
