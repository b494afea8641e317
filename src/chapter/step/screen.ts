/**
 * Shows the stepper on a terminal, and leaves the terminal as it was: however
 * the reader leaves, whoever ends the process, whatever breaks.
 */
import { emitKeypressEvents } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { keyName } from './keys.ts';
import type { Keypress } from './keys.ts';
import { picture } from './picture.ts';
import type { Stage } from './stage.ts';
import { painted } from './text.ts';

export interface Terminal {
  readonly input: Readable & {
    readonly setRawMode?: (mode: boolean) => unknown;
  };
  readonly output: Writable & {
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly colours: boolean;
}

/** Another buffer, so that what was on the screen comes back; no cursor. */
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[0m\u001b[?25h\u001b[?1049l';
const clear = '\u001b[2J';

/** Two seconds a step at speed 1, as on the page. */
const pace = 2000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Lets a reader step until he leaves.
 *
 * @throws what broke, after the terminal was put back
 */
export async function show(stage: Stage, terminal: Terminal): Promise<void> {
  const screen = new Screen(stage, terminal);
  try {
    await screen.run();
  } finally {
    screen.close();
  }
}

class Screen {
  readonly #stage: Stage;
  readonly #terminal: Terminal;
  /** What each row of the terminal holds. */
  #drawn: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #timed = 0;
  #isOpen = false;
  #end: () => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  constructor(stage: Stage, terminal: Terminal) {
    this.#stage = stage;
    this.#terminal = terminal;
  }

  async run(): Promise<void> {
    const over = new Promise<void>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    this.#open();
    this.#guarded(() => this.#draw());
    await over;
  }

  #open(): void {
    const { input, output } = this.#terminal;
    this.#isOpen = true;
    process.once('exit', this.close);
    for (const signal of signals) process.once(signal, this.#ended);
    emitKeypressEvents(input);
    input.setRawMode?.(true);
    input.on('keypress', this.#pressed).on('end', this.#gone).resume();
    input.on('error', this.#gone);
    output.on('resize', this.#resized).on('close', this.#gone);
    output.write(enter + clear);
    this.#stage.onChange = () => this.#guarded(() => this.#draw());
  }

  /** Puts the terminal back. Once is enough, and more do no harm. */
  readonly close = (): void => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { input, output } = this.#terminal;
    clearInterval(this.#timer);
    process.off('exit', this.close);
    for (const signal of signals) process.off(signal, this.#ended);
    input.off('keypress', this.#pressed).off('end', this.#gone);
    input.off('error', this.#gone);
    output.off('resize', this.#resized).off('close', this.#gone);
    this.#stage.onChange = () => undefined;
    if (!output.destroyed) output.write(leave);
    if (!input.destroyed) input.setRawMode?.(false);
    input.pause();
  };

  readonly #gone = (): void => this.#end();

  /** Ends as the signal would have ended us, with the terminal put back. */
  readonly #ended = (signal: NodeJS.Signals): void => {
    this.close();
    process.kill(process.pid, signal);
  };

  readonly #resized = (): void => {
    this.#drawn = [];
    this.#terminal.output.write(clear);
    this.#guarded(() => this.#draw());
  };

  readonly #pressed = (text: string | undefined, key: Keypress): void => {
    const name = keyName(text, key);
    if (name === undefined) return;
    this.#guarded(() => {
      this.#stage.press(name);
      if (this.#stage.left) this.#end();
      else this.#draw();
    });
  };

  /** What breaks in an event ends the run, not the process. */
  #guarded(body: () => void): void {
    try {
      body();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Writes the rows that differ from what is there. */
  #draw(): void {
    if (!this.#isOpen) return;
    const { output, colours } = this.#terminal;
    // A terminal that does not know its size says 0.
    const size = { columns: output.columns || 80, rows: output.rows || 24 };
    const rows = picture(this.#stage, size).map((one) => painted(one, colours));
    const changed = rows.flatMap((text, row) =>
      text === this.#drawn[row]
        ? []
        : [`\u001b[${String(row + 1)};1H${text}\u001b[K`],
    );
    this.#drawn = rows;
    if (changed.length > 0) output.write(changed.join(''));
    this.#keepTime();
  }

  #keepTime(): void {
    const { playing, speed } = this.#stage.state;
    const every = playing ? pace / speed : 0;
    if (every === this.#timed) return;
    clearInterval(this.#timer);
    this.#timed = every;
    if (every === 0) return;
    this.#timer = setInterval(() => {
      this.#guarded(() => {
        this.#stage.tick();
        this.#draw();
      });
    }, every);
  }
}
