/**
 * How a check says that its rule is broken.
 */

/** A moment of a run that a message leads to. */
export interface Spot {
  readonly scenario: string;
  readonly address: string;
}

export interface Finding {
  /** What the rule asks for, as a short phrase. */
  readonly expected: string;
  /** What the student's code did instead. */
  readonly seen: string;
  /** Where to look. */
  readonly at?: Spot | undefined;
  /** A sentence on what is wrong with exactly this. */
  readonly because?: string | undefined;
}

/** Thrown by a check that fails. */
export class BrokenRule extends Error implements Finding {
  override readonly name = 'BrokenRule';
  readonly expected: string;
  readonly seen: string;
  readonly at: Spot | undefined;
  readonly because: string | undefined;

  constructor({ expected, seen, at, because }: Finding) {
    super(`expected ${expected}, seen ${seen}`);
    this.expected = expected;
    this.seen = seen;
    this.at = at;
    this.because = because;
  }
}

/** How a run that did not come to its end ended. */
export type Fault =
  'error' | 'rejection' | 'deadlock' | 'endless' | 'syntax' | 'missing';

/** A line of the code that was run. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** Thrown to a check whose run did not come to its end. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly fault: Fault;
  readonly place: Place | undefined;
  readonly at: Spot | undefined;

  constructor(
    fault: Fault,
    message: string,
    more: {
      readonly place?: Place | undefined;
      readonly at?: Spot | undefined;
    },
  ) {
    super(message);
    this.fault = fault;
    this.place = more.place;
    this.at = more.at;
  }
}
