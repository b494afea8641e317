/** The bytes of both directions, as heads, frames and hex. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Player } from '../player.ts';
import { WireSide } from './WireSide.tsx';

export function Wire({ player }: { readonly player: Player }) {
  const row = player.moments.wire;
  const wires = player.model?.wires(row) ?? [];
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const lit = body.current?.querySelector<HTMLElement>('.lit');
    if (body.current && lit)
      body.current.scrollTop = Math.max(0, lit.offsetTop - 40);
  }, [row]);
  return (
    <>
      <h3>The wire</h3>
      <div
        class="w-body"
        ref={body}
        tabIndex={0}
        role="region"
        aria-label="Bytes on the wire"
      >
        {wires.every((wire) => wire.writes.length === 0) && (
          <p class="empty">No byte has been written yet.</p>
        )}
        {wires.map((wire) => (
          <WireSide key={wire.side} wire={wire} player={player} />
        ))}
      </div>
    </>
  );
}
