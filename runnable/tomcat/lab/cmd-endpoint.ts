/**
 * `/cmd`: does what a text message says, so that a client can make the server
 * send anything.
 */
import type { Sim } from '../../sim/sim.ts';
import {
  IllegalArgumentException,
  IllegalStateException,
} from '../java/exceptions.ts';
import { javaToString } from '../websocket/java-to-string.ts';
import { CloseReason } from '../websocket/javax.ts';
import type { SendHandler, Session } from '../websocket/javax.ts';
import type { OnMessage } from '../websocket/pojo/pojo.ts';
import { LabEndpoint } from './echo-endpoints.ts';
import { hex } from './lab-events.ts';
import type { EventSink } from './lab-events.ts';

type Command = (session: Session, argument: string) => Promise<void>;

/** Executes commands. */
export class CmdEndpoint extends LabEndpoint {
  readonly #sim: Sim;
  readonly #commands: ReadonlyMap<string, Command>;

  constructor(tell: EventSink, sim: Sim) {
    super(tell);
    this.#sim = sim;
    this.#commands = new Map(Object.entries(this.#table()));
  }

  override onMessages(session: Session): readonly OnMessage[] {
    return [
      {
        type: 'text',
        onMessage: (message) => this.onCommand(session, message),
      },
      {
        type: 'pong',
        onMessage: (message) => {
          this.tell(`onPong ${hex(message)}`);
          return Promise.resolve(undefined);
        },
      },
    ];
  }

  async onCommand(session: Session, message: string): Promise<undefined> {
    this.tell(`onText ${message}`);
    const [word = '', ...rest] = message.split(' ');
    const command = this.#commands.get(word);
    if (command === undefined) await session.getBasicRemote().sendText(message);
    else await command(session, rest.join(' '));
    return undefined;
  }

  #table(): Record<string, Command> {
    return {
      ...this.#closing(),
      ...this.#parts(),
      ...this.#asynchronous(),
      ping: (session) =>
        session.getBasicRemote().sendPing(Uint8Array.of(1, 2, 3)),
      pong: (session) => session.getBasicRemote().sendPong(Uint8Array.of(4, 5)),
      ping126: async (session) => {
        try {
          await session.getBasicRemote().sendPing(new Uint8Array(126));
        } catch (error) {
          if (!(error instanceof IllegalArgumentException)) throw error;
          this.tell(`IAE ${error.message}`);
        }
      },
      size: (session, count) =>
        session.getBasicRemote().sendText('x'.repeat(Number(count))),
      bsize: (session, count) =>
        session.getBasicRemote().sendBinary(new Uint8Array(Number(count))),
      empty: (session) => session.getBasicRemote().sendText(''),
      idle: (session, ms) => {
        session.setMaxIdleTimeout(Number(ms));
        return Promise.resolve();
      },
    };
  }

  #closing(): Record<string, Command> {
    return {
      close: async (session, argument) => {
        if (argument === '') {
          await session.close();
          return;
        }
        const [code, ...reason] = argument.split(' ');
        await session.close(new CloseReason(Number(code), reason.join(' ')));
        this.tell(`closed isOpen=${String(session.isOpen())}`);
      },
      closelong: (session, unit) =>
        session.close(new CloseReason(1000, unit.repeat(100))),
      sendafterclose: async (session) => {
        await session.close();
        try {
          await session.getBasicRemote().sendText('late');
        } catch (error) {
          this.tell(`late ${javaToString(error as Error)}`);
        }
      },
    };
  }

  #parts(): Record<string, Command> {
    return {
      frag: async (session) => {
        const remote = session.getBasicRemote();
        await remote.sendTextPart('ab', false);
        await remote.sendTextPart('cd', false);
        await remote.sendTextPart('ef', true);
      },
      fragping: async (session) => {
        const remote = session.getBasicRemote();
        await remote.sendTextPart('ab', false);
        await remote.sendPing(new Uint8Array(0));
        await remote.sendTextPart('cd', true);
      },
      mix: async (session) => {
        const remote = session.getBasicRemote();
        await remote.sendTextPart('ab', false);
        await this.#refused(() => remote.sendBinary(Uint8Array.of(1)));
        await remote.sendTextPart('cd', true);
      },
      'whole-in-partial': async (session) => {
        const remote = session.getBasicRemote();
        await remote.sendTextPart('ab', false);
        await this.#refused(() => remote.sendText('zz'));
        await remote.sendTextPart('cd', true);
      },
      stream: async (session) => {
        const stream = session.getBasicRemote().getSendStream();
        await stream.write(Uint8Array.of(1));
        await stream.flush();
        await stream.write(Uint8Array.of(2));
        await stream.close();
      },
      streamempty: (session) =>
        session.getBasicRemote().getSendStream().close(),
      writer: async (session) => {
        const writer = session.getBasicRemote().getSendWriter();
        await writer.write('ab');
        await writer.flush();
        await writer.write('c');
        await writer.close();
      },
    };
  }

  #asynchronous(): Record<string, Command> {
    const handler: SendHandler = {
      onResult: ({ exception }) => {
        this.tell(`sendResult ok=${String(exception === undefined)}`);
        return Promise.resolve();
      },
    };
    return {
      batch: async (session) => {
        const remote = session.getBasicRemote();
        await remote.setBatchingAllowed(true);
        await remote.sendText('a');
        await remote.sendText('b');
        await this.#sim.sleep(300);
        this.tell('flush');
        await remote.flushBatch();
        await remote.setBatchingAllowed(false);
      },
      async: (session) => session.getAsyncRemote().sendText('x', handler),
      asynctwice: async (session) => {
        const remote = session.getAsyncRemote();
        const silent: SendHandler = { onResult: () => Promise.resolve() };
        try {
          const first = remote.sendText('x', silent);
          await remote.sendText('y', silent);
          await first;
          this.tell('no ISE');
        } catch (error) {
          this.tell(`ISE ${(error as Error).message}`);
        }
      },
    };
  }

  /** Tells of an `IllegalStateException`, which is expected. */
  async #refused(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof IllegalStateException)) throw error;
      this.tell(`ISE ${error.message}`);
    }
  }
}
