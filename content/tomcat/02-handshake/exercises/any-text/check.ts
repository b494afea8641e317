/**
 * Any text will do: which keys are refused, and when they are asked for.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type { HttpServletRequest } from '../../../../../runnable/tomcat/catalina/servlet.ts';
import type * as UpgradeUtil from '../../../../../runnable/tomcat/websocket/server/upgrade-util.ts';

const file = 'runnable/tomcat/websocket/server/upgrade-util.ts';

type Headers = Readonly<Record<string, string>>;

const usual: Headers = {
  connection: 'Upgrade',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** The status of a handshake: 101, or the one that it is refused with. */
function statusOf(
  { doUpgrade }: typeof UpgradeUtil,
  headers: Headers,
  isWelcome = true,
): number {
  const valuesOf = (name: string): readonly string[] => {
    const value = { ...usual, ...headers }[name.toLowerCase()];
    return value === undefined ? [] : [value];
  };
  const request = {
    getMethod: () => 'GET',
    getHeaders: valuesOf,
    getHeader: (name: string) => valuesOf(name)[0],
  } as unknown as HttpServletRequest;
  const seen = { status: 101 };
  const refuse = (status: number): void => {
    seen.status = status;
  };
  const accepted = new Error('That is all the check wants to know');
  const configurator = {
    checkOrigin: () => isWelcome,
    getNegotiatedSubprotocol: () => {
      throw accepted;
    },
  };
  const response: unknown = {
    setStatus: refuse,
    sendError: refuse,
    setHeader: () => undefined,
  };
  const mapping: unknown = { config: { configurator, subprotocols: [] } };
  try {
    doUpgrade(undefined as never, request, response as never, mapping as never);
  } catch (error) {
    if (error !== accepted) throw error;
  }
  return seen.status;
}

/** Keys, and with which status a handshake is answered that has them. */
async function expectStatus(
  { load }: Bench,
  keys: readonly string[],
  expected: number,
): Promise<void> {
  const util = await load<typeof UpgradeUtil>(file);
  for (const key of keys) {
    const status = statusOf(util, { 'sec-websocket-key': key });
    expectSame(status, expected, { what: `the status for the key "${key}"` });
  }
}

export const checks: readonly Check[] = [
  {
    id: 'not-sixteen',
    title: 'What is not sixteen bytes is no key',
    points: 3,
    rule: 'Sixteen bytes make 22 characters of base64 and two of padding; anything else is refused with 400.',
    async judge(bench) {
      const own = await bench.run();
      const upgrade = own.first('call Request.upgrade');
      if (upgrade !== undefined) {
        fail({
          expected: 'the key "abc" to be refused',
          seen: 'that the handshake is accepted',
          at: own.spot(own.first('call doUpgrade')),
        });
      }
      await expectStatus(
        bench,
        [
          '',
          'abc',
          'dGhlIHNhbXBsZSBub25j',
          'dGhlIHNhbXBsZSBub25jZWQ=',
          'dGhlIHNhbXBsZSBub25jZWRh',
          'dGhlIHNhbXBsZSBub25jZQ',
          'dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==',
        ],
        400,
      );
    },
  },
  {
    id: 'foreign-letters',
    title: 'Other letters are no base64',
    points: 1,
    rule: 'A key of the right length still has to be written with the letters of base64.',
    async judge(bench) {
      await expectStatus(
        bench,
        ['dGhl-HNhbXBsZSBub25jZQ==', 'dGhl HNhbXBsZSBub25jZQ=='],
        400,
      );
    },
  },
  {
    id: 'real-keys',
    title: 'Real keys are accepted',
    points: 2,
    rule: 'Any sixteen bytes are a key, whatever letters they make.',
    async judge(bench) {
      await expectStatus(
        bench,
        [
          'dGhlIHNhbXBsZSBub25jZQ==',
          '+/+/+/+/+/+/+/+/+/+/+w==',
          'AAAAAAAAAAAAAAAAAAAAAA==',
        ],
        101,
      );
    },
  },
  {
    id: 'in-its-place',
    title: 'The key is asked for in its place',
    points: 1,
    rule: 'The version is asked for before the key, and the origin after it.',
    async judge({ load }) {
      const util = await load<typeof UpgradeUtil>(file);
      const old = statusOf(util, {
        'sec-websocket-version': '8',
        'sec-websocket-key': 'abc',
      });
      expectSame(old, 426, {
        what: 'the status for an old version and the key "abc"',
      });
      const foreign = statusOf(util, { 'sec-websocket-key': 'abc' }, false);
      expectSame(foreign, 400, {
        what: 'the status for the key "abc" from a foreign page',
      });
    },
  },
];
