/**
 * The recorded cases of Tomcat, and the forms they have.
 */
import { readFileSync } from 'node:fs';

/** One thing that the recorded client does. */
export interface Step {
  /** Bytes, in hexadecimal digits. */
  readonly send?: string;
  /** A masked text frame. */
  readonly text?: string;
  /** A masked frame with `n` equal bytes. */
  readonly gen?: {
    readonly op: number;
    readonly n: number;
    readonly fin?: number;
    readonly byte?: number;
  };
  /** Milliseconds. */
  readonly wait?: number;
  readonly recv?: number;
  readonly fin?: number;
  readonly rst?: number;
  readonly tcpclose?: number;
}

export interface ExpectedFrame {
  readonly fin: number;
  readonly rsv: number;
  readonly op: number;
  readonly len: number;
  readonly code?: number;
  readonly reason?: string;
  /** At most 16 bytes, then `..`. */
  readonly hex?: string;
}

export interface TomcatCase {
  readonly id: string;
  readonly group: string;
  readonly endpoint: string;
  readonly request: string;
  readonly steps: readonly Step[];
  readonly firstStepInSameTcpSegmentAsRequest?: boolean;
  readonly expect: {
    readonly status?: number;
    readonly headers?: readonly string[];
    readonly frames?: readonly ExpectedFrame[];
    readonly connection?: string;
    readonly events: readonly string[];
    /** `OPEN_READ>UPGRADING`: what each pass of the loop logged. */
    readonly statesBio: readonly string[];
    readonly statesNio: readonly string[];
  };
}

type Row = Readonly<Record<string, unknown>>;

interface Recorded {
  readonly meta: { readonly needsFaults: readonly string[] };
  readonly handshakeAndFrames: readonly TomcatCase[];
  readonly units: Readonly<Record<string, { readonly rows: readonly Row[] }>>;
}

const recorded = JSON.parse(
  readFileSync(new URL('data/tomcat.json', import.meta.url), 'utf8'),
) as Recorded;

/** Conversations, recorded byte for byte. */
export const conversations = recorded.handshakeAndFrames;

/** Which of them hold only with the faults of 7.0.88 switched on. */
export const needsFaults = new Set(recorded.meta.needsFaults);

/** The rows of one unit's table; a test that names a missing one fails. */
export function rowsOf<R>(unit: string): readonly R[] {
  const table = recorded.units[unit];
  if (table === undefined) throw new RangeError(`No unit is named "${unit}"`);
  return table.rows as unknown as readonly R[];
}
