/** One WebSocket frame, bit by bit, its mask undone. */
import {
  hex,
  opcodeName,
  printed,
  summaryOf,
  type FramePart,
} from '../draw/wire.ts';

/** Bytes of the payload that are shown. */
const most = 16;

export function Frame({
  frame,
  lit,
}: {
  readonly frame: FramePart;
  readonly lit: boolean;
}) {
  const { bits, fin, rsv, opcode, length, extension, key, masked, payload } =
    frame;
  const short = Number.parseInt(bits.slice(9), 2);
  const fields = [
    { from: 0, to: 1, name: 'FIN', says: fin ? 'last' : 'more' },
    {
      from: 1,
      to: 4,
      name: 'RSV',
      says: rsv ? rsv.toString(2).padStart(3, '0') : 'none',
    },
    { from: 4, to: 8, name: `opcode ${opcode}`, says: opcodeName(opcode) },
    { from: 8, to: 9, name: 'MASK', says: key.length ? 'yes' : 'no' },
    {
      from: 9,
      to: 16,
      name: `length ${short}`,
      says: extension.length
        ? `${length} in ${extension.length} bytes`
        : 'no extension',
    },
  ];
  return (
    <div class={lit ? 'w-frame lit' : 'w-frame'}>
      <p class="w-says">
        {opcodeName(opcode)} frame, {summaryOf(frame)}
      </p>
      <div class="w-bits">
        {[0, 1].map((i) => (
          <span key={i} class="w-byte">
            byte {i + 1},{' '}
            <b>{hex(Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2))}</b>
          </span>
        ))}
        {Array.from(bits, (bit, i) => (
          <span
            key={i}
            class={
              fields.some((field) => field.from === i) ? 'w-bit first' : 'w-bit'
            }
          >
            {bit}
          </span>
        ))}
        {fields.map(({ from, to, name, says }) => (
          <span
            key={name}
            class="w-field"
            style={{ gridColumn: `${from + 1} / ${to + 1}` }}
          >
            <b>{name}</b>
            {says}
          </span>
        ))}
      </div>
      <table class="w-bytes">
        <tbody>
          {extension.length > 0 && <Row head="length" bytes={extension} />}
          {key.length > 0 && <Row head="masking key" bytes={key} />}
          <Row head={key.length ? 'on the wire' : 'payload'} bytes={masked} />
          {key.length > 0 && <Row head="unmasked" bytes={payload} strong />}
          {payload.length > 0 && (
            <tr class="w-text">
              <th scope="row">as text</th>
              {[...payload.subarray(0, most)].map((byte, i) => (
                <td key={i}>{printed(byte)}</td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
      {payload.length > most && (
        <p class="w-more">and {payload.length - most} bytes more</p>
      )}
    </div>
  );
}

function Row({
  head,
  bytes,
  strong = false,
}: {
  readonly head: string;
  readonly bytes: Uint8Array;
  readonly strong?: boolean;
}) {
  return (
    <tr class={strong ? 'strong' : ''}>
      <th scope="row">{head}</th>
      {[...bytes.subarray(0, most)].map((byte, i) => (
        <td key={i}>{hex(byte)}</td>
      ))}
    </tr>
  );
}
