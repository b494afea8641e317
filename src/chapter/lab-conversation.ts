/**
 * One client's conversation with the lab, in a simulated world: bytes in,
 * bytes out, and what was told and logged meanwhile.
 */
import { PipeListener } from '../../runnable/sim/pipe.ts';
import { Sim } from '../../runnable/sim/sim.ts';
import { StreamError } from '../../runnable/sim/stream.ts';
import type { ByteStream } from '../../runnable/sim/stream.ts';
import type { ConnectorName } from '../../runnable/tomcat/catalina/connector.ts';
import { shortPass, startLab } from './tomcat-server.ts';

/** How long the lab may take to answer; its slowest command waits 300 ms. */
const patience = 5000;

export interface Conversation {
  readonly connector: ConnectorName;
  readonly faults: boolean;
  readonly request: string;
  /** What the client sends once it has been let in; nothing when absent. */
  readonly bytes?: Uint8Array;
}

export interface Spoken {
  /** The head of the answer, its blank line included. */
  readonly head: string;
  /** What came after the head. */
  readonly rest: Buffer;
  readonly closed: boolean;
  readonly events: readonly string[];
  readonly states: readonly string[];
}

/** Lets a client speak, and says what came of it. */
export function converse(given: Conversation): Promise<Spoken> {
  const sim = new Sim({ seed: 1 });
  const listener = new PipeListener(sim, 'port', { capacity: 1 << 30 });
  const events: string[] = [];
  const states: string[] = [];
  return sim.run(async () => {
    startLab({
      sim,
      listener,
      connector: given.connector,
      faults: given.faults,
      onEvent: (line) => events.push(line),
      onPass: (line) => states.push(shortPass(line)),
    });
    const stream = listener.connect();
    await stream.write(Buffer.from(given.request, 'latin1'));
    await sim.sleep(10);
    let heard = hear(stream);
    const isIn = heard.bytes.toString('latin1').startsWith('HTTP/1.1 101');
    if (isIn && given.bytes !== undefined && !heard.closed) {
      await stream.write(given.bytes);
    }
    await sim.sleep(patience);
    if (!heard.closed) {
      const more = hear(stream);
      const bytes = Buffer.concat([heard.bytes, more.bytes]);
      heard = { bytes, closed: more.closed };
    }
    const end = heard.bytes.indexOf('\r\n\r\n');
    const length = end < 0 ? heard.bytes.length : end + 4;
    return {
      head: heard.bytes.subarray(0, length).toString('latin1'),
      rest: heard.bytes.subarray(length),
      closed: heard.closed,
      events,
      states,
    };
  });
}

/** Everything that has come, and whether that was all. */
function hear(stream: ByteStream): { bytes: Buffer; closed: boolean } {
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = stream.readNow(1 << 30);
      if (bytes === undefined) break;
      if (bytes.length === 0) {
        return { bytes: Buffer.concat(parts), closed: false };
      }
      parts.push(bytes);
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
  }
  return { bytes: Buffer.concat(parts), closed: true };
}
