/**
 * The lab's endpoints that do something as soon as a session opens.
 */
import { IllegalStateException } from '../java/exceptions.ts';
import { CloseReason } from '../websocket/javax.ts';
import type { Session } from '../websocket/javax.ts';
import { LabEndpoint, ProgEndpoint } from './echo-endpoints.ts';
import { javaMap } from './lab-events.ts';
import type { EventSink } from './lab-events.ts';

/** `/openthrow`: fails while opening. */
export class OpenThrowEndpoint extends LabEndpoint {
  override async onOpen(session: Session): Promise<void> {
    await super.onOpen(session);
    throw new IllegalStateException('open boom');
  }
}

/** `/progopenthrow`: a subclass of `Endpoint` that fails while opening. */
export class ProgOpenThrowEndpoint extends ProgEndpoint {
  override async onOpen(session: Session): Promise<void> {
    await super.onOpen(session);
    throw new IllegalStateException('prog open boom');
  }
}

/** `/openclose`: has no time now. */
export class OpenCloseEndpoint extends LabEndpoint {
  override async onOpen(session: Session): Promise<void> {
    await super.onOpen(session);
    await session.close(new CloseReason(1013, 'later'));
    this.tell(`isOpen ${String(session.isOpen())}`);
  }
}

/** `/opensend`: speaks first. */
export class OpenSendEndpoint extends LabEndpoint {
  override async onOpen(session: Session): Promise<void> {
    await super.onOpen(session);
    await session.getBasicRemote().sendText('hello');
  }
}

/** `/path/{a}/{b}`: tells what the path and the query say. */
export class PathEndpoint extends LabEndpoint {
  override async onOpen(session: Session): Promise<void> {
    const parameters = session.getPathParameters();
    const a = parameters.get('a') ?? 'null';
    const b = parameters.get('b') ?? 'null';
    const uri = session.getRequestURI() ?? 'null';
    const query = session.getQueryString() ?? 'null';
    const request = javaMap(session.getRequestParameterMap());
    this.tell(
      `onOpen a=${a} b=${b} params=${javaMap(parameters)} uri=${uri} q=${query} rp=${request}`,
    );
    await session.getBasicRemote().sendText(`${a}|${b}`);
  }
}

/** `/path/{a}/fixed` and `/path/x/y`: tell which of them was found. */
export class FoundEndpoint extends LabEndpoint {
  readonly #word: string;

  constructor(tell: EventSink, word: string) {
    super(tell);
    this.#word = word;
  }

  override async onOpen(session: Session): Promise<void> {
    const parameters = session.getPathParameters();
    const shown = parameters.size > 0 ? ` ${javaMap(parameters)}` : '';
    this.tell(`onOpen ${this.#word}${shown}`);
    await session.getBasicRemote().sendText(this.#word);
  }
}

/** `/proto`: has two subprotocols. */
export class ProtoEndpoint extends LabEndpoint {
  override onOpen(session: Session): Promise<void> {
    this.tell(`onOpen sub='${session.getNegotiatedSubprotocol()}'`);
    return Promise.resolve();
  }
}
