/**
 * Java's exceptions, by name: which `catch` takes one decides what happens.
 *
 * @differs Java's classes form a deeper tree; what Tomcat's catch clauses tell
 *   apart is kept: `IOException` and its kinds, and unchecked ones
 */

/** `java.io.IOException`: a connection failed, and code is ready for it. */
export class IOException extends Error {
  override name = 'IOException';
  readonly javaName: string = 'java.io.IOException';
}

/** The stream ended where more was expected. */
export class EOFException extends IOException {
  override name = 'EOFException';
  override readonly javaName = 'java.io.EOFException';
}

/** The socket failed: reset, broken or closed. */
export class SocketException extends IOException {
  override name = 'SocketException';
  override readonly javaName = 'java.net.SocketException';
}

/** Nothing came, or went, within the time allowed. */
export class SocketTimeoutException extends IOException {
  override name = 'SocketTimeoutException';
  override readonly javaName = 'java.net.SocketTimeoutException';
}

/** `java.lang.RuntimeException`: nobody is expected to be ready for it. */
export class RuntimeException extends Error {
  override name = 'RuntimeException';
  readonly javaName: string = 'java.lang.RuntimeException';
}

/** A value was given that may not be given. */
export class IllegalArgumentException extends RuntimeException {
  override name = 'IllegalArgumentException';
  override readonly javaName: string = 'java.lang.IllegalArgumentException';
}

/** A text was to be a number and is none. */
export class NumberFormatException extends IllegalArgumentException {
  override name = 'NumberFormatException';
  override readonly javaName = 'java.lang.NumberFormatException';
}

/** A call was made at a time when it may not be made. */
export class IllegalStateException extends RuntimeException {
  override name = 'IllegalStateException';
  override readonly javaName = 'java.lang.IllegalStateException';
}

/** An array was asked for an item it does not have. */
export class ArrayIndexOutOfBoundsException extends RuntimeException {
  override name = 'ArrayIndexOutOfBoundsException';
  override readonly javaName = 'java.lang.ArrayIndexOutOfBoundsException';
}

/** `javax.servlet.ServletException`. */
export class ServletException extends Error {
  override name = 'ServletException';
  readonly javaName = 'javax.servlet.ServletException';
}

/** `javax.websocket.DeploymentException`. */
export class DeploymentException extends Error {
  override name = 'DeploymentException';
  readonly javaName = 'javax.websocket.DeploymentException';
}
