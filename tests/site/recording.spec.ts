/** A run recorded in a real browser has the bytes it has in Node. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Ports } from '../../runnable/ports.ts';
import type { Scenario } from '../../runnable/scenarios/scenario.ts';
import { readSource, sourcesBelow } from '../../src/source/files.ts';
import { hashOf } from '../../src/trace/hash.ts';
import {
  eraseTypes,
  instrument,
} from '../../src/trace/instrument/instrument.ts';
import type { Trace } from '../../src/trace/format.ts';
import { writeTrace } from '../../src/trace/pack.ts';
import type { PackedTrace } from '../../src/trace/pack.ts';
import type { RecordedFile } from '../../src/trace/recorder/sources.ts';

const runs = [
  ['kubelet/02-pod-workers', 'two-kills'],
  ['tomcat/01-process-loop', 'keep-alive'],
] as const;

/** Everything but the simulator and the store is instrumented. */
const isRecorded = (path: string): boolean =>
  path.startsWith('runnable/') && !/^runnable\/(sim|apiserver)\//.test(path);

const parts = ['knative', 'kubelet', 'tomcat'];

type Instrumented = RecordedFile & { readonly code: string };

/** The files that a scenario of a part may load. */
function instrumentedFor(chapter: string): ReadonlyMap<string, Instrumented> {
  const others = parts.filter((part) => !chapter.startsWith(`${part}/`));
  const isOfOthers = (path: string): boolean =>
    others.some((part) =>
      [`runnable/${part}/`, `runnable/scenarios/${part}/`].some((folder) =>
        path.startsWith(folder),
      ),
    );
  return new Map(
    sourcesBelow('runnable')
      .filter(({ path }) => isRecorded(path) && !isOfOthers(path))
      .map(({ path, text }) => [
        path,
        { hash: hashOf(text), ...instrument(text, path) },
      ]),
  );
}

/** Serves the sources as modules, below a folder that the site lacks. */
async function serveSources(
  page: Page,
  instrumented: ReadonlyMap<string, Instrumented>,
): Promise<void> {
  await page.route('**/sources/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace(
      /^.*\/sources\//,
      '',
    );
    if (path === '') {
      await route.fulfill({ contentType: 'text/html', body: '' });
      return;
    }
    const body =
      instrumented.get(path)?.code ?? eraseTypes(readSource(path).text, path);
    await route.fulfill({ contentType: 'text/javascript', body });
  });
}

interface Asked {
  readonly chapter: string;
  readonly name: string;
  readonly files: readonly [string, RecordedFile][];
}

/** Runs in the page, with the modules that it serves. */
async function recordHere({ chapter, name, files }: Asked): Promise<Trace> {
  const load = (path: string): Promise<unknown> => import(`/sources/${path}`);
  const { RecordingSession } = (await load(
    'src/chapter/recording-session.ts',
  )) as typeof import('../../src/chapter/recording-session.ts');
  const session = new RecordingSession(new Map(files));
  const module = await session.load(() =>
    load(`runnable/scenarios/${chapter}/${name}.ts`),
  );
  const { scenario } = module as { readonly scenario: Scenario };
  // These scenarios need no YAML, hash or deflate.
  return session.run(scenario, {} as Ports, { chapter, name });
}

/** The same, from the command line. */
function recordInNode(chapter: string, scenario: string): string {
  return execFileSync(
    process.execPath,
    [
      'src/chapter/main.ts',
      'export',
      chapter,
      '--scenario',
      scenario,
      '--format',
      'trace',
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  ).trimEnd();
}

for (const [chapter, scenario] of runs) {
  test(`${chapter} ${scenario} is recorded alike in Node and here`, async ({
    page,
  }) => {
    const instrumented = instrumentedFor(chapter);
    // What a recorder must know of the files that a scenario may load.
    const files = [...instrumented].map(
      ([path, { hash, sites }]): [string, RecordedFile] => [
        path,
        { hash, sites },
      ],
    );
    await serveSources(page, instrumented);
    await page.goto('/sources/');
    const here = await page.evaluate(recordHere, {
      chapter,
      name: scenario,
      files,
    });
    expect(here.error).toBeUndefined();
    expect(here.events.time.length).toBeGreaterThan(500);
    const file = writeTrace(here);
    const inNode = recordInNode(chapter, scenario);
    // Piece by piece first, so that a failure says where they differ.
    const [mine, other] = [file, inNode].map(
      (text) => JSON.parse(text) as PackedTrace,
    ) as [PackedTrace, PackedTrace];
    for (const key of Object.keys(other) as (keyof PackedTrace)[]) {
      const same = JSON.stringify(mine[key]) === JSON.stringify(other[key]);
      expect(same, `"${key}" is equal`).toBe(true);
    }
    expect(hashOf(file)).toBe(hashOf(inNode));
  });
}
