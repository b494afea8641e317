/**
 * `npm run bench`: what things cost, each figure beside a yardstick that was
 * measured in the same run, and their ratio. Nothing here passes or fails.
 *
 * `npm run bench -- bytes stage` measures these parts alone.
 */
import { existsSync } from 'node:fs';
import { lineOf, type Figure } from './bench-figure.ts';
import { buildSite } from './build-site.ts';
import { isFresh } from './stamp.ts';

interface Part {
  readonly about: string;
  /** Whether it looks at the built site. */
  readonly site: boolean;
  /** Measures; figures are printed as they come. */
  readonly measure: () => Promise<AsyncIterable<Figure> | Iterable<Figure>>;
}

/** The parts by name, in the order in which they run. */
const parts: Readonly<Record<string, Part>> = {
  bytes: {
    about: 'what a page costs over the wire',
    site: true,
    measure: async () => (await import('./bench-bytes.ts')).bytes(),
  },
  stage: {
    about: "what the stage costs its reader's processor",
    site: true,
    measure: async () => (await import('./bench-stage.ts')).stage(),
  },
  recording: {
    about: 'what recording costs',
    site: false,
    measure: async () => (await import('./bench-recording.ts')).recording(),
  },
  tomcat: {
    about: 'echoes of the Tomcat that `serve` starts',
    site: false,
    measure: async () => (await import('./bench-tomcat.ts')).tomcat(),
  },
  knative: {
    about: 'what Services cost until they are ready',
    site: false,
    measure: async () => (await import('./bench-knative.ts')).knative(),
  },
  kubelet: {
    about: 'what pods cost on one node',
    site: false,
    measure: async () => (await import('./bench-kubelet.ts')).kubelet(),
  },
};

async function main(words: readonly string[]): Promise<void> {
  const names = words.length === 0 ? Object.keys(parts) : words;
  const chosen = names.map((name) => {
    const part = parts[name];
    if (part !== undefined) return { name, ...part };
    const known = Object.keys(parts).join(', ');
    throw new RangeError(`Cannot measure "${name}": the parts are ${known}`);
  });
  const stale = !existsSync('dist/index.html') || !isFresh();
  if (stale && chosen.some(({ site }) => site)) await buildSite();
  for (const { name, about, measure } of chosen) {
    process.stdout.write(`\n${name}: ${about}\n`);
    for await (const figure of await measure()) {
      process.stdout.write(`${lineOf(figure)}\n`);
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
