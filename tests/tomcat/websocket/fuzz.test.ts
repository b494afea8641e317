/**
 * A million seeded bytes: whatever comes, the parser answers or waits; it
 * never fails in a way of its own, hangs, or keeps what it should not.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '../../../runnable/sim/chance.ts';
import { RuntimeException } from '../../../runnable/tomcat/java/exceptions.ts';
import { parseExtensionHeader } from '../../../runnable/tomcat/websocket/util.ts';
import { frame, parseFrames } from './frames.ts';
import { converse, upgradeRequest } from './harness.ts';

const seed = 20_260_514;

const noise = (chance: Chance, size: number): Buffer =>
  Buffer.from(Array.from({ length: size }, () => chance.below(256)));

/** Mostly frames, so that the fuzz gets past the header. */
function nearly(chance: Chance): Buffer {
  const opCode = chance.pick([0, 1, 2, 8, 9, 10, chance.below(16)]);
  const text = chance.below(2) === 0;
  const size = chance.pick([0, 1, 2, 125, 126, 200, 2000, 9000]);
  const payload = text ? Buffer.alloc(size, 'a') : noise(chance, size);
  const bytes = frame(opCode, payload, {
    fin: chance.below(4) > 0,
    rsv:
      chance.below(12) === 0 ? chance.below(8) : chance.below(3) === 0 ? 4 : 0,
    mask: noise(chance, 4),
  });
  if (chance.below(6) === 0)
    bytes[chance.below(bytes.length)] = chance.below(256);
  return bytes;
}

for (const extension of [
  '',
  'Sec-WebSocket-Extensions: permessage-deflate\r\n',
]) {
  test(`half a million bytes of frames${extension === '' ? '' : ', compressed,'} are answered or waited for, seed ${seed}`, async () => {
    const chance = new Chance(seed);
    let total = 0;
    while (total < 500_000) {
      const path = chance.pick(['/echo', '/partial', '/textonly', '/limit10']);
      const request = upgradeRequest(path, extension);
      const { received, events } = await converse(
        { path, request, connector: 'nio' },
        async ({ sim, stream, closed }) => {
          for (let count = 0; count < 40 && !closed(); count++) {
            const bytes =
              chance.below(5) === 0 ? noise(chance, 300) : nearly(chance);
            total += bytes.length;
            await stream.write(bytes);
            await sim.sleep(1);
          }
          total += 1;
        },
      );
      parseFrames(received);
      const closes = events.filter((line) => line.startsWith('onClose'));
      assert.ok(closes.length <= 1, `seed ${seed}: ${closes.join()}`);
    }
  });
}

test(`extension headers of any form are read or refused, seed ${seed}`, () => {
  const chance = new Chance(seed);
  for (let round = 0; round < 20_000; round++) {
    const header = Array.from({ length: chance.below(30) }, () =>
      chance.pick([';', ',', '=', '"', ' ', 'a', '9', 'é', '\t']),
    ).join('');
    try {
      parseExtensionHeader(header);
    } catch (error) {
      assert.ok(error instanceof RuntimeException, JSON.stringify(header));
    }
  }
});
