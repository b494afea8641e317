/**
 * The port on which the user's container listens.
 */
import type { ContainerPort, EnvVar } from '../../../../apis/core/v1/types.ts';
import type { Revision } from '../../../../apis/serving/v1alpha1/revision-types.ts';
import { defaultUserPort, userPortEnvName, userPortName } from './constants.ts';
import { envVar } from './env-var.ts';

/**
 * The one port that a Revision may name; 8080 where it names none.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go getUserPort
 */
export function getUserPort(rev: Revision): number {
  const ports = rev.spec.container?.ports ?? [];
  const [port] = ports;
  if (ports.length !== 1 || port === undefined) return defaultUserPort;
  return port.containerPort ?? 0;
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go buildContainerPorts
 */
export function buildContainerPorts(userPort: number): ContainerPort[] {
  return [{ name: userPortName, containerPort: userPort }];
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/reconciler/v1alpha1/revision/resources/deploy.go buildUserPortEnv
 */
export function buildUserPortEnv(userPort: number): EnvVar {
  return envVar(userPortEnvName, String(userPort));
}
