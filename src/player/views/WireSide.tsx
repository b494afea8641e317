/** What one side has written: its heads, its frames, the rest as bytes. */
import { useMemo, useState } from 'preact/hooks';
import type { WireView } from '../../trace/model.ts';
import {
  hex,
  opcodeName,
  partsOf,
  printed,
  summaryOf,
  type FramePart,
  type WirePart,
} from '../draw/wire.ts';
import type { Player } from '../player.ts';
import { Frame } from './Frame.tsx';

/** Bytes of a part that is neither head nor frame which are shown. */
const shownBytes = 96;

export function WireSide({
  wire,
  player,
}: {
  readonly wire: WireView;
  readonly player: Player;
}) {
  const { side, writes } = wire;
  const length = writes.reduce(
    (sum, write) => Math.max(sum, write.offset + write.bytes.length),
    0,
  );
  const bytes = useMemo(() => {
    const all = new Uint8Array(length);
    for (const write of writes) all.set(write.bytes, write.offset);
    return all;
  }, [length, side, player.model]);
  const parts = useMemo(() => partsOf(bytes), [bytes]);
  const [opened, open] = useState<number>();
  const row = player.moments.wire;
  const lit = (part: WirePart) =>
    writes.some(
      (write) =>
        write.row === row &&
        write.offset < part.end &&
        write.offset + write.bytes.length > part.start,
    );
  const frames = parts.filter((part) => part.kind === 'frame');
  const frame =
    frames.find((one) => one.start === opened) ??
    frames.findLast(lit) ??
    frames.at(-1);
  const unread = writes.filter((write) => !write.read).length;
  return (
    <section class="w-side" aria-label={`Written by the ${side}`}>
      <h4>
        {side} writes{' '}
        <small>
          {length} bytes{unread > 0 && ', the last not read yet'}
        </small>
      </h4>
      {parts.map((part) =>
        part.kind === 'head' ? (
          <pre key={part.start} class={lit(part) ? 'w-head lit' : 'w-head'}>
            {part.lines.join('\n')}
          </pre>
        ) : part.kind === 'raw' ? (
          <Raw
            key={part.start}
            bytes={bytes.subarray(part.start, part.end)}
            lit={lit(part)}
          />
        ) : null,
      )}
      {frames.length > 1 && (
        <FrameList frames={frames} shown={frame} onOpen={open} />
      )}
      {frame && <Frame frame={frame} lit={lit(frame)} />}
    </section>
  );
}

function FrameList({
  frames,
  shown,
  onOpen,
}: {
  readonly frames: readonly FramePart[];
  readonly shown: FramePart | undefined;
  readonly onOpen: (start: number) => void;
}) {
  return (
    <div class="w-frames" role="group" aria-label="Frames">
      {frames.map((one) => (
        <button
          key={one.start}
          type="button"
          aria-pressed={one === shown}
          onClick={() => {
            onOpen(one.start);
          }}
        >
          {opcodeName(one.opcode)} <small>{summaryOf(one).slice(0, 18)}</small>
        </button>
      ))}
    </div>
  );
}

function Raw({
  bytes,
  lit,
}: {
  readonly bytes: Uint8Array;
  readonly lit: boolean;
}) {
  const some = [...bytes.subarray(0, shownBytes)];
  return (
    <pre class={lit ? 'w-raw lit' : 'w-raw'}>
      {some.map(hex).join(' ')}
      {'\n'}
      {some.map(printed).join('')}
      {bytes.length > shownBytes &&
        `\nand ${bytes.length - shownBytes} bytes more`}
    </pre>
  );
}
