/**
 * Which hosts a VirtualService's regular expression lets through: the host, the
 * host with a port, and nobody else.
 */
import { expectSame, fail } from '#exercise';
import type { Bench, Check } from '#exercise';
import type * as VirtualService from '../../../../../runnable/knative/reconciler/v1alpha1/clusteringress/resources/virtual-service.ts';

const file =
  'runnable/knative/reconciler/v1alpha1/clusteringress/resources/virtual-service.ts';
const host = 'helloworld-go.default.example.com';

/** Those of the names that fit, as the gateway asks. */
async function fitting(
  { load }: Bench,
  names: readonly string[],
): Promise<string[]> {
  const { hostRegExp } = await load<typeof VirtualService>(file);
  const regex = hostRegExp(host);
  return names.filter((name) => isMatch(regex, name));
}

function isMatch(regex: string, name: string): boolean {
  try {
    return new RegExp(`^(?:${regex})$`).test(name);
  } catch {
    fail({ expected: 'a regular expression', seen: JSON.stringify(regex) });
  }
}

export const checks: readonly Check[] = [
  {
    id: 'with-a-port',
    title: 'A host with a port is answered',
    points: 3,
    rule: 'A client may name the port behind the host, and means the same host.',
    async judge({ run }) {
      const own = await run();
      const { answers } = (own.result ?? {}) as {
        answers?: readonly { readonly status: number }[];
      };
      expectSame(answers?.[2]?.status, 200, {
        what: `the answer for the host ${host}:80`,
        at: own.spot(own.first(`call Gateway.route ${host}:80`)),
      });
    },
  },
  {
    id: 'any-port',
    title: 'Any port will do, or none',
    points: 2,
    rule: 'A port is a number of one to five digits, and may be left out.',
    async judge(bench) {
      const names = [host, `${host}:8`, `${host}:8080`, `${host}:65535`];
      expectSame(await fitting(bench, names), names, {
        what: 'the hosts that fit',
      });
    },
  },
  {
    id: 'nobody-else',
    title: 'What only resembles the host is not found',
    points: 3,
    rule: 'The letters of a host mean themselves, and nothing but a port may follow.',
    async judge(bench) {
      const names = [
        'helloworld-goxdefault.example.com',
        `www.${host}`,
        `${host}.evil.org`,
        `${host}:evil`,
        `${host}:`,
        `${host}:123456`,
      ];
      expectSame(await fitting(bench, names), [], {
        what: 'the names that fit and should not',
      });
    },
  },
];
