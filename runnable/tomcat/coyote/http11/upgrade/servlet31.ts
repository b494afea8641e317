/**
 * The interfaces between a connector and a protocol it was upgraded to.
 *
 * They are Servlet 3.1's; Tomcat 7 implements Servlet 3.0 and carries copies.
 * What may block in Java is asynchronous here: on BIO a read waits for bytes,
 * on NIO it never does.
 *
 * @differs `read` and the listeners return promises; a thread that blocks in
 *   Java is a task that waits here
 */

/** Hears of bytes to read. */
export interface ReadListener {
  onDataAvailable(): Promise<void>;
  onAllDataRead(): Promise<void>;
  onError(error: Error): Promise<void>;
}

/** Hears of room to write. */
export interface WriteListener {
  onWritePossible(): Promise<void>;
  onError(error: Error): Promise<void>;
}

export interface ServletInputStream {
  setReadListener(listener: ReadListener): void;
  /** Whether a read would not block; asks the transport if unknown. */
  isReady(): Promise<boolean>;
  /**
   * Reads at most `length` bytes into `buffer` from `offset`.
   *
   * @returns how many bytes; 0 when none are there (NIO), -1 at the end (BIO)
   */
  read(buffer: Uint8Array, offset: number, length: number): Promise<number>;
  close(): Promise<void>;
}

export interface ServletOutputStream {
  setWriteListener(listener: WriteListener): void;
  isReady(): boolean;
  write(buffer: Uint8Array, offset: number, length: number): Promise<void>;
  close(): Promise<void>;
}

/** An upgraded connection. */
export interface WebConnection {
  getInputStream(): ServletInputStream;
  getOutputStream(): ServletOutputStream;
  close(): Promise<void>;
}

/** The protocol that takes over a connection. */
export interface HttpUpgradeHandler {
  init(connection: WebConnection): Promise<void>;
  destroy(): Promise<void>;
}
