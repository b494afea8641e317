/**
 * `npm run bench`: what the site costs, each figure beside a yardstick that
 * was measured in the same run, and their ratio. Nothing here passes or fails.
 */
import { existsSync } from 'node:fs';
import { buildSite } from './build-site.ts';
import { emptyPageBytes, pageBytes } from './bench-bytes.ts';
import { recordingTimes } from './bench-recording.ts';
import { isFresh } from './stamp.ts';

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly yardstick: string;
  readonly against: number;
  readonly unit: string;
}

const chapter = 'knative/02-service';

function print({ name, value, yardstick, against, unit }: Figure): void {
  const ratio = against === 0 ? '–' : `${(value / against).toFixed(2)} ×`;
  const line = [
    name.padEnd(48),
    `${value.toFixed(1)} ${unit}`.padStart(11),
    ratio.padStart(10),
    ` ${yardstick} (${against.toFixed(1)} ${unit})`,
  ];
  process.stdout.write(`${line.join('')}\n`);
}

function bytes(): void {
  const empty = { yardstick: 'an empty Astro page', against: emptyPageBytes() };
  const { page, player, fonts, traces } = pageBytes(chapter);
  const kB = { unit: 'kB' };
  print({
    name: `${chapter}, before the player`,
    value: page,
    ...empty,
    ...kB,
  });
  print({
    name: 'the player, when it is used',
    value: player,
    ...empty,
    ...kB,
  });
  print({ name: 'fonts', value: fonts, ...empty, ...kB });
  for (const { scenario, size, events } of traces) {
    print({
      name: `trace ${scenario}, ${String(events)} events`,
      value: size,
      yardstick: '2.5 B an event',
      against: (events * 2.5) / 1000,
      ...kB,
    });
  }
}

async function recording(): Promise<void> {
  const { plain, recorded, events } = await recordingTimes(chapter);
  print({
    name: `recording ${chapter}, loading included`,
    value: recorded,
    yardstick: 'the plain run',
    against: plain,
    unit: 'ms',
  });
  print({
    name: 'one event of it, loading included',
    value: ((recorded - plain) * 1000) / events,
    yardstick: 'the aim',
    against: 2,
    unit: 'µs',
  });
}

async function main(): Promise<void> {
  if (!existsSync('dist/index.html') || !isFresh()) await buildSite();
  bytes();
  await recording();
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
