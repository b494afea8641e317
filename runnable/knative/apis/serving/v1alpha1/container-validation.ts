/**
 * Whether the one container of a Revision is as Serving can run it: what
 * Serving sets itself, the user must leave alone.
 */
import { sprintf } from '../../../../apiserver/sprintf.ts';
import { isDigest, newTag } from '../../../containerregistry/name.ts';
import type {
  Container,
  ContainerPort,
  Probe,
  VolumeMount,
} from '../../core/v1/types.ts';
import { semanticDeepEqual } from '../../equality/equality.ts';
import {
  currentField,
  errDisallowedFields,
  errInvalidValue,
  errMissingField,
  errOutOfBoundsValue,
  newFieldError,
  noError,
} from '../../field-error.ts';
import type { FieldError } from '../../field-error.ts';

/** Where the sidecar listens. */
const portsOfTheSidecar: readonly number[] = [8012, 8022, 9090];

const validPortNames: readonly string[] = ['', 'h2c', 'http1'];

const reservedPaths: readonly string[] = [
  '/',
  '/dev',
  '/dev/log',
  '/tmp',
  '/var',
  '/var/log',
];

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateContainer
 */
export function validateContainer(
  container: Container,
  volumes: ReadonlySet<string>,
): FieldError {
  if (semanticDeepEqual(container, {})) return errMissingField(currentField);
  const { name = '', lifecycle, ports = [], volumeMounts = [] } = container;
  const ignored = [
    ...(name === '' ? [] : ['name']),
    ...(lifecycle === undefined ? [] : ['lifecycle']),
  ];
  return (ignored.length > 0 ? errDisallowedFields(...ignored) : noError).also(
    validateContainerPorts(ports).viaField('ports'),
    validateVolumeMounts(volumeMounts, volumes),
    validateImage(container.image ?? ''),
    validateProbe(container.readinessProbe).viaField('readinessProbe'),
    validateProbe(container.livenessProbe).viaField('livenessProbe'),
  );
}

/**
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateContainer (part)
 */
function validateImage(image: string): FieldError {
  if (isDigest(image)) return noError;
  try {
    newTag(image);
    return noError;
  } catch {
    return newFieldError(
      'Failed to parse image reference',
      ['image'],
      sprintf('image: %q, error: could not parse reference', image),
    );
  }
}

/**
 * Every mount has its volume and every volume its mount.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateContainer (part)
 */
function validateVolumeMounts(
  mounts: readonly VolumeMount[],
  volumes: ReadonlySet<string>,
): FieldError {
  let errs = noError;
  for (const [index, mount] of mounts.entries()) {
    const known = volumes.has(mount.name)
      ? noError
      : newFieldError('volumeMount has no matching volume', ['name']);
    errs = errs.also(
      known
        .also(validateMountPath(mount.mountPath ?? ''))
        .also(mount.readOnly === true ? noError : errMissingField('readOnly'))
        .viaFieldIndex('volumeMounts', index),
    );
  }
  const seen = mounts.map(({ name }) => name);
  const missing = [...volumes].filter((name) => !seen.includes(name));
  if (missing.length === 0) return errs;
  const message = `volumes not mounted: [${missing.join(' ')}]`;
  return errs.also(newFieldError(message, ['volumeMounts']));
}

function validateMountPath(path: string): FieldError {
  if (path === '') return errMissingField('mountPath');
  const clean = path.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');
  if (reservedPaths.includes(clean)) {
    const message = sprintf('mountPath %q is a reserved path', clean);
    return newFieldError(message, ['mountPath']);
  }
  return path.startsWith('/') ? noError : errInvalidValue(path, 'mountPath');
}

/**
 * One port at most; its name says which protocol is spoken there.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateContainerPorts
 */
function validateContainerPorts(ports: readonly ContainerPort[]): FieldError {
  const [port] = ports;
  if (port === undefined) return noError;
  const { protocol = '', containerPort = 0, name = '' } = port;
  const number = sprintf('%v', containerPort);
  let errs = noError;
  if (ports.length > 1) {
    const message = 'More than one container port is set';
    const details = 'Only a single port is allowed';
    errs = errs.also(newFieldError(message, [currentField], details));
  }
  if (protocol !== '' && protocol !== 'TCP') {
    errs = errs.also(errInvalidValue(protocol, 'protocol'));
  }
  if (portsOfTheSidecar.includes(containerPort)) {
    errs = errs.also(errInvalidValue(number, 'containerPort'));
  }
  if (containerPort < 1 || containerPort > 65_535) {
    errs = errs.also(
      errOutOfBoundsValue(number, '1', '65535', 'containerPort'),
    );
  }
  if (!validPortNames.includes(name)) {
    const message = `Port name ${name} is not allowed`;
    const details = "Name must be empty, or one of: 'h2c', 'http1'";
    errs = errs.also(newFieldError(message, [currentField], details));
  }
  return errs;
}

/**
 * Which port is probed is not for the user to say.
 *
 * @upstream knative/serving v0.4.1
 *   pkg/apis/serving/v1alpha1/revision_validation.go validateProbe
 */
function validateProbe(probe: Probe | undefined): FieldError {
  const { httpGet, tcpSocket } = probe ?? {};
  const isSet = (port: number | string | undefined): boolean =>
    port !== undefined && port !== 0;
  if (httpGet !== undefined) {
    return isSet(httpGet.port) ? errDisallowedFields('httpGet.port') : noError;
  }
  if (!isSet(tcpSocket?.port)) return noError;
  return errDisallowedFields('tcpSocket.port');
}
