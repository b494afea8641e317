/**
 * Makes the transformation of an extension by its name.
 */
import type { Ports } from '../../ports.ts';
import { IllegalArgumentException } from '../java/exceptions.ts';
import type { ExtensionParameter } from './javax.ts';
import { PerMessageDeflate } from './per-message-deflate.ts';
import { negotiate } from './per-message-deflate-parameters.ts';
import type { Transformation } from './transformation.ts';

/**
 * @param preferences the parameter lists to choose from, in order
 * @returns undefined when none of them is acceptable
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/TransformationFactory.java TransformationFactory.create
 * @throws {IllegalArgumentException} for an unknown name or a bad parameter
 */
export function create(
  name: string,
  preferences: readonly (readonly ExtensionParameter[])[],
  isServer: boolean,
  ports: Ports,
): Transformation | undefined {
  if (name !== 'permessage-deflate') {
    throw new IllegalArgumentException(
      `The extension [${name}] is not supported by this implementation`,
    );
  }
  const agreed = negotiate(preferences, isServer);
  return agreed && new PerMessageDeflate(agreed, isServer, ports);
}
