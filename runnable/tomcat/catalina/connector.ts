/**
 * A Tomcat of one application: a connector, filters, a servlet.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/Connector.java Connector
 */
import type { Sim } from '../../sim/sim.ts';
import type { Listener } from '../../sim/stream.ts';
import { Http11NioProtocol } from '../coyote/http11/http11-nio-protocol.ts';
import { Http11Protocol } from '../coyote/http11/http11-protocol.ts';
import type { LogSink } from '../juli/log.ts';
import type { EndpointOptions } from '../util/net/abstract-endpoint.ts';
import { CoyoteAdapter } from './coyote-adapter.ts';
import { DefaultServlet } from './default-servlet.ts';
import type { Filter, Servlet } from './servlet.ts';

/** Which connector is meant: `HTTP/1.1` alone means `bio`. */
export type ConnectorName = 'bio' | 'nio';

export interface Application {
  readonly filters: readonly Filter[];
  /** The default servlet when it is absent. */
  readonly servlet?: Servlet;
}

/**
 * Makes the connector of that name; it does not listen before it is started.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/catalina/connector/Connector.java Connector.setProtocol
 * @omits the connector that uses a native library
 */
export function newConnector(
  name: ConnectorName,
  sim: Sim,
  listener: Listener,
  sink: LogSink,
  application: Application,
  options?: Partial<EndpointOptions>,
): Http11Protocol | Http11NioProtocol {
  const { filters, servlet } = application;
  const adapter = new CoyoteAdapter(
    filters,
    servlet ?? new DefaultServlet(),
    sink,
  );
  return name === 'bio'
    ? new Http11Protocol(sim, listener, adapter, sink, options)
    : new Http11NioProtocol(sim, listener, adapter, sink, options);
}
