/**
 * The lab's endpoints that send back what they get.
 */
import { IllegalStateException, RuntimeException } from '../java/exceptions.ts';
import { Endpoint } from '../websocket/javax.ts';
import type { CloseReason, Session } from '../websocket/javax.ts';
import type { Answer, OnMessage, Pojo } from '../websocket/pojo/pojo.ts';
import {
  closeLine,
  errorLine,
  extensionList,
  hex,
  shortened,
} from './lab-events.ts';
import type { EventSink } from './lab-events.ts';

/** Tells of every callback; the others add what they do. */
export class LabEndpoint implements Pojo {
  protected readonly tell: EventSink;

  constructor(tell: EventSink) {
    this.tell = tell;
  }

  onOpen(_session: Session): Promise<void> {
    this.tell('onOpen');
    return Promise.resolve();
  }

  onClose(_session: Session, reason: CloseReason): Promise<void> {
    this.tell(closeLine(reason));
    return Promise.resolve();
  }

  onError(_session: Session, error: Error): Promise<void> {
    this.tell(errorLine(error));
    return Promise.resolve();
  }

  onMessages(_session: Session): readonly OnMessage[] {
    return [{ type: 'text', onMessage: (message) => this.onMessage(message) }];
  }

  /** Sends text back. */
  onMessage(message: string): Promise<Answer> {
    this.tell(`onText ${shortened(message)}`);
    return Promise.resolve(message);
  }
}

/** `/echo`: whole text and binary, and pongs. */
export class EchoEndpoint extends LabEndpoint {
  override onOpen(session: Session): Promise<void> {
    const sub = session.getNegotiatedSubprotocol();
    const ext = extensionList(session.getNegotiatedExtensions());
    this.tell(`onOpen sub='${sub}' ext=${ext}`);
    return Promise.resolve();
  }

  override onMessages(session: Session): readonly OnMessage[] {
    return [
      ...super.onMessages(session),
      { type: 'binary', onMessage: (message) => this.onBinary(message) },
      { type: 'pong', onMessage: (message) => this.onPong(message) },
    ];
  }

  onBinary(message: Uint8Array): Promise<Answer> {
    this.tell(`onBinary ${hex(message)}`);
    return Promise.resolve(message);
  }

  onPong(message: Uint8Array): Promise<undefined> {
    this.tell(`onPong ${hex(message)}`);
    return Promise.resolve(undefined);
  }
}

/** `/partial`: sends parts back as they come. */
export class PartialEndpoint extends LabEndpoint {
  override onMessages(session: Session): readonly OnMessage[] {
    const remote = session.getBasicRemote();
    return [
      {
        type: 'partial text',
        onMessage: async (message, last) => {
          const part = shortened(message);
          this.tell(`onTextPart last=${String(last)} ${part}`);
          await remote.sendTextPart(message, last);
          return undefined;
        },
      },
      {
        type: 'partial binary',
        onMessage: async (message, last) => {
          this.tell(`onBinaryPart last=${String(last)} ${hex(message)}`);
          await remote.sendBinaryPart(message, last);
          return undefined;
        },
      },
    ];
  }
}

const TWENTY_MEBIBYTES = 20 * 1024 * 1024;

/** `/big`: as `/echo`, with large buffers. */
export class BigEndpoint extends LabEndpoint {
  override onOpen(session: Session): Promise<void> {
    session.setMaxTextMessageBufferSize(TWENTY_MEBIBYTES);
    session.setMaxBinaryMessageBufferSize(TWENTY_MEBIBYTES);
    return super.onOpen(session);
  }

  override onMessages(session: Session): readonly OnMessage[] {
    return [
      ...super.onMessages(session),
      {
        type: 'binary',
        onMessage: (message) => {
          this.tell(`onBinary len=${String(message.length)}`);
          return Promise.resolve(message);
        },
      },
    ];
  }

  override onMessage(message: string): Promise<Answer> {
    this.tell(`onText len=${String(message.length)}`);
    return Promise.resolve(message);
  }
}

/** `/limit10`: refuses messages of more than ten. */
export class Limit10Endpoint extends LabEndpoint {
  override onMessages(_session: Session): readonly OnMessage[] {
    return [
      {
        type: 'text',
        maxMessageSize: 10,
        onMessage: (message) => {
          this.tell(`onText ${message}`);
          return Promise.resolve(message);
        },
      },
      {
        type: 'binary',
        maxMessageSize: 10,
        onMessage: (message) => {
          this.tell(`onBinary ${String(message.length)}`);
          return Promise.resolve(message);
        },
      },
    ];
  }
}

/** `/throw`: fails at every message. */
export class ThrowEndpoint extends LabEndpoint {
  override onMessage(message: string): Promise<Answer> {
    this.tell(`onText ${message}`);
    throw new IllegalStateException(`boom ${message}`);
  }
}

/** `/prog`: a subclass of `Endpoint`; echoes text, and fails at "boom". */
export class ProgEndpoint extends Endpoint {
  readonly #tell: EventSink;

  constructor(tell: EventSink) {
    super();
    this.#tell = tell;
  }

  onOpen(session: Session): Promise<void> {
    this.#tell('onOpen prog');
    session.addMessageHandler({
      type: 'TEXT',
      partial: false,
      maxMessageSize: -1,
      onMessage: (message) => this.onMessage(session, message),
    });
    return Promise.resolve();
  }

  async onMessage(session: Session, message: string): Promise<void> {
    this.#tell(`onText ${message}`);
    if (message === 'boom') throw new RuntimeException('boom');
    await session.getBasicRemote().sendText(message);
  }

  override onClose(_session: Session, reason: CloseReason): Promise<void> {
    this.#tell(closeLine(reason));
    return Promise.resolve();
  }

  override onError(_session: Session, error: Error): Promise<void> {
    this.#tell(errorLine(error));
    return Promise.resolve();
  }
}
