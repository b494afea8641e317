/**
 * Writes extensions as the header has them.
 */
import type { Extension } from './javax.ts';

/**
 * `name;parameter=value`, one after the other with commas and no spaces.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/server/UpgradeUtil.java UpgradeUtil.append
 */
export function extensionHeader(extensions: readonly Extension[]): string {
  return extensions
    .map(({ name, parameters }) =>
      [
        name,
        ...parameters.map((one) =>
          one.value === undefined ? one.name : `${one.name}=${one.value}`,
        ),
      ].join(';'),
    )
    .join(',');
}
