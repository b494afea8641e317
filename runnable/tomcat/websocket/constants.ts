/**
 * The numbers and names of the protocol and of Tomcat's implementation.
 *
 * @upstream apache/tomcat 7.0.88
 *   java/org/apache/tomcat/websocket/Constants.java Constants
 */
import type { Milliseconds } from '../../sim/clock.ts';

export const OPCODE_CONTINUATION = 0x00;
export const OPCODE_TEXT = 0x01;
export const OPCODE_BINARY = 0x02;
export const OPCODE_CLOSE = 0x08;
export const OPCODE_PING = 0x09;
export const OPCODE_PONG = 0x0a;

/** Never on the wire: asks the writer to empty the batch. */
export const INTERNAL_OPCODE_FLUSH = 0x18;

/** Bytes of the input buffer, and of every buffer that messages go through. */
export const DEFAULT_BUFFER_SIZE = 8192;

/** How much a control frame may carry, in bytes. */
export const MAX_CONTROL_PAYLOAD = 125;

export const DEFAULT_BLOCKING_SEND_TIMEOUT: Milliseconds = 20_000;

/** How often idle sessions are looked for. */
export const DEFAULT_PROCESS_PERIOD: Milliseconds = 10_000;

export const WS_VERSION_HEADER_NAME = 'Sec-WebSocket-Version';
export const WS_VERSION_HEADER_VALUE = '13';
export const WS_KEY_HEADER_NAME = 'Sec-WebSocket-Key';
export const WS_PROTOCOL_HEADER_NAME = 'Sec-WebSocket-Protocol';
export const WS_EXTENSIONS_HEADER_NAME = 'Sec-WebSocket-Extensions';
export const UPGRADE_HEADER_NAME = 'Upgrade';
export const UPGRADE_HEADER_VALUE = 'websocket';
export const CONNECTION_HEADER_NAME = 'Connection';
export const CONNECTION_HEADER_VALUE = 'upgrade';
export const ORIGIN_HEADER_NAME = 'Origin';

/** What RFC 6455 has the server append to the client's key. */
export const WS_ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Extensions that every endpoint has, whatever its configuration says. */
export const INSTALLED_EXTENSIONS: readonly string[] = ['permessage-deflate'];

/** A user property: how long a blocking send may take, in milliseconds. */
export const BLOCKING_SEND_TIMEOUT_PROPERTY =
  'org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT';

/** A user property: what the path's parameters are. */
export const POJO_PATH_PARAM_KEY =
  'org.apache.tomcat.websocket.pojo.PojoEndpoint.pathParams';
