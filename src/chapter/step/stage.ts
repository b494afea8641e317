/**
 * The stepper as a state machine: keys in, a picture out.
 *
 * The cursor, its rules and its keys are those of the page (`src/player`).
 * Here are only the things a page has other means for: a prompt to search, a
 * list of scenarios, a second run beside the first, the text of a beat.
 */
import { viewsOf } from '../../player/content.ts';
import { initialState, update } from '../../player/core.ts';
import { wishOf } from '../../player/keyboard.ts';
import type { KeyWish } from '../../player/keyboard.ts';
import { speeds } from '../../player/state.ts';
import type { Command, State, View } from '../../player/state.ts';
import type { Level, TraceModel } from '../../trace/model.ts';
import { firstDivergence } from './beside.ts';
import { pressed } from './cover.ts';
import type { Cover, Covered } from './cover.ts';
import type { ProseBeat } from './prose.ts';
import { searched } from './search.ts';

export interface ScenarioName {
  readonly id: string;
  readonly title: string;
}

export interface StageSetup {
  /** What the runs belong to: a chapter, or a file's name. */
  readonly name: string;
  /** Flags that a command needs to come back to the same runs. */
  readonly flags: readonly string[];
  readonly scenarios: readonly ScenarioName[];
  readonly scenario: string;
  readonly level: Level;
  readonly beats: readonly ProseBeat[];
  /** Another run, shown beside this one. */
  readonly against?: { readonly name: string; readonly model: TraceModel };
  /** The lines of a recorded file; undefined when it is not here. */
  readonly source: (
    model: TraceModel,
    path: string,
  ) => readonly string[] | undefined;
  /** Records or reads a run. */
  readonly load: (scenario: string) => Promise<TraceModel>;
}

/** What the cursor does not know, or shows only on a page. */
const apart: ReadonlySet<string> = new Set([
  'choose',
  'copy',
  'dark',
  'playOrPause',
  'projector',
]);

const isCommand = (wish: KeyWish): wish is Command => !apart.has(wish.type);

/** In a terminal every key is the player's. */
const everywhere = {
  inStage: true,
  inField: false,
  onControl: false,
  letters: true,
  inScroller: false,
};

export class Stage {
  readonly setup: StageSetup;
  /** Called when something changed without a key. */
  onChange: () => void = () => undefined;
  #state: State;
  readonly #models = new Map<string, TraceModel>();
  readonly #parted = new Map<string, number | undefined>();
  #cover: Cover | undefined;
  #beside = false;
  #prose = false;
  #sought = '';
  #left = false;

  constructor(setup: StageSetup) {
    this.setup = setup;
    this.#state = initialState(setup.scenario);
    this.#beside = setup.against !== undefined;
  }

  get state(): State {
    return this.#state;
  }

  get model(): TraceModel | undefined {
    return this.#models.get(this.#state.scenario);
  }

  get cover(): Cover | undefined {
    return this.#cover;
  }

  /** Whether the other run stands beside this one. */
  get beside(): boolean {
    return this.#beside;
  }

  /** The first step in which the two runs differ, at this level. */
  get divergence(): number | undefined {
    const { against } = this.setup;
    if (against === undefined || this.model === undefined) return undefined;
    const { scenario, level } = this.#state;
    const key = `${scenario} ${level}`;
    if (!this.#parted.has(key)) {
      const first = firstDivergence(this.model, against.model, level);
      this.#parted.set(key, first);
    }
    return this.#parted.get(key);
  }

  /** Whether the text of the current beat is shown. */
  get prose(): boolean {
    return this.#prose;
  }

  /** Whether the reader has left. */
  get left(): boolean {
    return this.#left;
  }

  /** Fetches the first run, and goes to an address of it. */
  async begin(address = ''): Promise<void> {
    const { scenario, level } = this.setup;
    this.#models.set(scenario, await this.setup.load(scenario));
    this.#send({ type: 'open' });
    this.#send({ type: 'level', level });
    if (address !== '') this.#send({ type: 'address', address });
  }

  /** Time passed while a run plays. */
  tick(): void {
    this.#send({ type: 'tick' });
  }

  /** A key, named as browsers do; `Ctrl+C` for the one that always leaves. */
  press(key: string): void {
    if (key === 'Ctrl+C') this.#left = true;
    else if (this.#cover !== undefined) {
      const { length } = this.setup.scenarios;
      this.#covered(pressed(this.#cover, key, length));
    } else if (this.#state.help) this.#send({ type: 'close' });
    else if (!this.#own(key)) this.#shared(key);
  }

  /** Keys that only the terminal has. */
  #own(key: string): boolean {
    switch (key) {
      case 'q':
        this.#left = true;
        return true;
      case '/':
        this.#cover = { kind: 'search', text: '' };
        return true;
      case 'n':
      case 'N':
        this.#seek(key === 'n' ? 1 : -1);
        return true;
      case 's':
        this.#cover = { kind: 'scenarios', at: this.#scenarioIndex() };
        return true;
      case 't':
        this.#prose = !this.#prose;
        return true;
      case 'Tab':
      case 'Shift+Tab':
        this.#cycle(key === 'Tab' ? 1 : -1);
        return true;
      case 'x':
        this.#diverge();
        return true;
      case '+':
      case '-':
        this.#faster(key === '+' ? 1 : -1);
        return true;
      default:
        return false;
    }
  }

  /** Keys that the page has too. */
  #shared(key: string): void {
    const wish = wishOf(key, everywhere, viewsOf(this.model));
    if (wish?.type === 'playOrPause') {
      this.#send({ type: this.#state.playing ? 'pause' : 'play' });
    } else if (wish?.type === 'copy') {
      this.#cover = { kind: 'command' };
    } else if (wish?.type === 'view') {
      this.#view(wish.view);
    } else if (wish !== undefined && isCommand(wish)) {
      this.#send(wish);
    }
  }

  #send(command: Command): void {
    const { beats } = this.setup;
    let next = update(this.#state, command, { model: this.model, beats });
    const here = this.#models.get(next.scenario);
    if (next.status === 'loading' && here !== undefined) {
      next = update(next, { type: 'open' }, { model: here, beats });
    }
    const before = this.#state;
    this.#state = next;
    if (next.status === 'loading' && next.scenario !== before.scenario) {
      void this.#fetch(next.scenario);
    }
  }

  async #fetch(scenario: string): Promise<void> {
    try {
      this.#models.set(scenario, await this.setup.load(scenario));
      if (this.#state.scenario === scenario) this.#send({ type: 'open' });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (this.#state.scenario === scenario) this.#send({ type: 'fail', why });
    }
    this.onChange();
  }

  #covered(after: Covered): void {
    this.#cover = undefined;
    const { scenarios } = this.setup;
    switch (after.kind) {
      case 'closed':
        break;
      case 'find':
        this.#sought = after.text;
        this.#seek(1);
        break;
      case 'choose': {
        const scenario = scenarios[after.at]?.id ?? this.#state.scenario;
        this.#send({ type: 'scenario', scenario });
        break;
      }
      default:
        this.#cover = after;
    }
  }

  #seek(way: 1 | -1): void {
    if (this.model === undefined || this.#sought === '') return;
    const found = searched(this.model, this.#state, this.#sought, way);
    if (typeof found === 'number') this.#send({ type: 'seek', n: found });
    else this.#send({ type: 'tell', notice: found });
  }

  #scenarioIndex(): number {
    const { scenarios } = this.setup;
    const at = scenarios.findIndex(({ id }) => id === this.#state.scenario);
    return Math.max(0, at);
  }

  #cycle(way: 1 | -1): void {
    const views = viewsOf(this.model);
    const at = views.indexOf(this.#state.view);
    const next: View = views[(at + way + views.length) % views.length] ?? 'all';
    this.#view(next);
  }

  /** A view takes the place of the other run and of the text. */
  #view(view: View): void {
    this.#beside = false;
    this.#prose = false;
    this.#send({ type: 'view', view });
  }

  /** Shows the other run, and where the runs part. */
  #diverge(): void {
    const { against } = this.setup;
    if (against === undefined || this.model === undefined) {
      const notice =
        'There is no second run: start with --against to have one.';
      this.#send({ type: 'tell', notice });
      return;
    }
    const first = this.divergence;
    if (first === undefined) {
      const notice = 'At this level the two runs are the same.';
      this.#send({ type: 'tell', notice });
    } else {
      this.#send({ type: 'seek', n: first });
    }
    this.#beside = true;
    this.#prose = false;
  }

  #faster(way: 1 | -1): void {
    const at = speeds.indexOf(this.#state.speed) + way;
    const speed = speeds[Math.max(0, Math.min(speeds.length - 1, at))] ?? 1;
    this.#send({ type: 'speed', speed });
  }
}
