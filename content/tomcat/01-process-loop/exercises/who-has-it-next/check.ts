/**
 * Who has it next: what each state does to the map, the processor and the
 * connection.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type { ByteStream } from '../../../../../runnable/sim/stream.ts';
import type * as Protocol from '../../../../../runnable/tomcat/coyote/abstract-protocol.ts';
import type { HttpUpgradeHandler } from '../../../../../runnable/tomcat/coyote/http11/upgrade/servlet31.ts';
import type { Processor } from '../../../../../runnable/tomcat/coyote/processor.ts';
import type { RecycledProcessors } from '../../../../../runnable/tomcat/coyote/recycled-processors.ts';
import type * as Wrapper from '../../../../../runnable/tomcat/util/net/socket-wrapper.ts';
import type {
  SocketState,
  SocketStatus,
} from '../../../../../runnable/tomcat/util/net/socket-wrapper.ts';

const file = 'runnable/tomcat/coyote/abstract-protocol.ts';

const noError = 'the visit to end without an error in the log';

/** A visit whose processor answers with a state of the check's choice. */
interface Visit {
  readonly state: SocketState;
  readonly status?: SocketStatus;
  readonly upgraded?: boolean;
}

/** What came of it: what was asked for, and whether there is an entry. */
interface Outcome {
  readonly remembered: boolean;
  readonly asked: readonly string[];
}

async function conclude(
  { load, inWorld }: Bench,
  { state, status = 'OPEN_READ', upgraded = false }: Visit,
): Promise<Outcome> {
  const { AbstractConnectionHandler } = await load<typeof Protocol>(file);
  const asked: string[] = [];
  const errors: string[] = [];
  const handler: HttpUpgradeHandler = {
    init: () => Promise.resolve(),
    destroy: () => {
      asked.push('destroy');
      return Promise.resolve();
    },
  };
  const processor: Processor = {
    kind: 'Processor',
    process: () => Promise.resolve(state),
    isAsync: () => false,
    asyncDispatch: () => Promise.resolve(state),
    asyncPostProcess: () => state,
    isUpgrade: () => upgraded,
    getHttpUpgradeHandler: () => (upgraded ? handler : undefined),
    upgradeDispatch: () => Promise.resolve(state),
    recycle: () => undefined,
  };
  const connections = new AbstractConnectionHandler(
    {
      recycledProcessors: {
        poll: () => undefined,
        offer: () => true,
      } as unknown as RecycledProcessors,
      createProcessor: () => processor,
      createUpgradeProcessor: () => {
        throw new Error('Nothing is upgraded here');
      },
      longPoll: () => asked.push('longPoll'),
      release: (_wrapper, _processor, isSocketClosing, addToPoller) => {
        const how = `closing: ${String(isSocketClosing)}, to be watched: ${String(addToPoller)}`;
        asked.push(`release (${how})`);
      },
      removeWaitingRequest: () => undefined,
    },
    {
      write: ({ level, text }) => {
        if (level === 'error') errors.push(text);
      },
    },
  );
  const { SocketWrapper } = await load<typeof Wrapper>(
    'runnable/tomcat/util/net/socket-wrapper.ts',
  );
  const wrapper = new SocketWrapper('socket-1', {} as ByteStream, 0, 0, 0);
  // It was remembered before, as after an earlier piece of the request.
  connections.connections.set(wrapper, processor);
  await inWorld(() => connections.process(wrapper, status));
  const [error] = errors;
  if (error !== undefined) fail({ expected: noError, seen: error });
  return { remembered: connections.connections.has(wrapper), asked };
}

export const checks: readonly Check[] = [
  {
    id: 'long-stays',
    title: 'What is unfinished finds its processor again',
    points: 3,
    rule: 'The rest of a request must come to the processor that has its beginning, so it is remembered and the connection watched.',
    async judge({ run }) {
      const own = await run();
      const [error] = own.calls('Log.error');
      if (error !== undefined) {
        fail({
          expected: noError,
          seen: String(error.args[0]),
          at: own.spot(own.first('log AbstractConnectionHandler #2')),
        });
      }
      const answer = own.first('bytes.write server @0');
      expectSame(answer?.time, 2000, {
        what: 'the millisecond of the answer to a request in three pieces',
        at: own.spot(answer ?? own.all('call Poller.processKey').at(-1)),
      });
      own.expectOrder(
        'call Poller.processKey',
        'call Poller.processKey #2',
        'call Poller.processKey #3',
        'call DefaultServlet.service',
      );
      own.expectEnd();
    },
  },
  {
    id: 'open-forgets',
    title: 'An idle connection is forgotten, and watched',
    points: 2,
    rule: 'Between two requests there is nothing to remember: the entry goes, the processor is free, and the connection waits.',
    async judge(bench) {
      expectSame(
        await conclude(bench, { state: 'OPEN' }),
        {
          remembered: false,
          asked: ['release (closing: false, to be watched: true)'],
        },
        { what: 'what comes of OPEN' },
      );
    },
  },
  {
    id: 'upgraded-stays',
    title: 'An upgraded connection is remembered, and watched for reading',
    points: 2,
    rule: 'An upgraded connection keeps its processor; it is watched unless the visit was about writing.',
    async judge(bench) {
      expectSame(
        await conclude(bench, { state: 'UPGRADED', upgraded: true }),
        { remembered: true, asked: ['longPoll'] },
        { what: 'what comes of UPGRADED after OPEN_READ' },
      );
      expectSame(
        await conclude(bench, {
          state: 'UPGRADED',
          status: 'OPEN_WRITE',
          upgraded: true,
        }),
        { remembered: true, asked: [] },
        { what: 'what comes of UPGRADED after OPEN_WRITE' },
      );
    },
  },
  {
    id: 'closed-ends',
    title: 'What is closed is forgotten',
    points: 2,
    rule: 'At the end nothing is remembered; an upgraded connection hears of it, and an HTTP processor is free.',
    async judge(bench) {
      expectSame(
        await conclude(bench, { state: 'CLOSED' }),
        {
          remembered: false,
          asked: ['release (closing: true, to be watched: false)'],
        },
        { what: 'what comes of CLOSED for an HTTP processor' },
      );
      expectSame(
        await conclude(bench, { state: 'CLOSED', upgraded: true }),
        { remembered: false, asked: ['destroy'] },
        { what: 'what comes of CLOSED for an upgraded one' },
      );
    },
  },
];
