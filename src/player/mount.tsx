/**
 * Brings the stage of a page to life: fetches its trace, draws it, and ties
 * keys, links and prose to the one cursor.
 */
import { render } from 'preact';
import type { TraceModel } from '../trace/model.ts';
import { viewsOf } from './content.ts';
import { wishOf, type KeyPlace } from './keyboard.ts';
import { decodeLink, encodeLink } from './link.ts';
import { openOwn } from './open-own.ts';
import type { Progress } from './open-slowly.ts';
import { acceptRuns } from './own-runs.ts';
import { Player, type ScenarioName } from './player.ts';
import { followProse, readBeats } from './prose.ts';
import { Stage } from './views/Stage.tsx';

/** Milliseconds after which the stage says that it waits. */
const patience = 700;

/** What happened on the page before the stage was ready. */
export interface Early {
  readonly keys: readonly KeyboardEvent[];
  /** Names of the stage's buttons that were pressed. */
  readonly presses: readonly string[];
}

/** Draws the stage into `host` and answers from then on. */
export async function mount(
  host: HTMLElement,
  early: () => Early,
): Promise<void> {
  const { chapter = '', scenario = '', scenarios = '[]' } = host.dataset;
  const names = JSON.parse(scenarios) as ScenarioName[];
  const beats = readBeats(scenario);
  const setup = {
    chapter,
    scenarios: names,
    beats: beats.map(({ beat }) => beat).filter(({ address }) => address),
    load: (id: string, progress: Progress) =>
      loadTrace(siteUrl(`traces/${chapter}/${id}.json`), progress),
    loadSource,
  };
  const opened = await soon(setup.load(scenario, () => undefined));
  const player = new Player(setup, scenario, opened);
  const copy = async (): Promise<boolean> => {
    history.replaceState(history.state, '', linkTo(player));
    return navigator.clipboard.writeText(location.href).then(
      () => true,
      () => false,
    );
  };
  host.replaceChildren();
  render(<Stage player={player} copy={copy} />, host);
  player.start();
  followLinks(player);
  acceptRuns(player, host, siteUrl);
  followProse(player, beats);
  rememberLetters(player);
  const { keys, presses } = early();
  const kept = [...keys];
  let live = false;
  const press = (event: KeyboardEvent) => {
    if (live) pressKey(event, player, host, copy);
    else kept.push(event);
  };
  document.addEventListener('keydown', press);
  await settled(player);
  live = true;
  for (const event of kept) press(event);
  for (const name of presses) pressButton(host, name);
  if (
    host.dataset['autoplay'] !== undefined &&
    !matchMedia('(prefers-reduced-motion: reduce)').matches
  )
    player.send({ type: 'play' });
  host.dataset['live'] = '';
}

/** Waits until the recording is open, or cannot be opened. */
function settled(player: Player): Promise<void> {
  return new Promise((settle) => {
    const look = (): void => {
      if (player.state.status === 'loading') return;
      stop();
      settle();
    };
    const stop = player.watch(look);
    look();
  });
}

/** A file of the site, wherever the site lies. */
function siteUrl(path: string): URL {
  const root = document.documentElement.dataset['root'] ?? '/';
  return new URL(
    `${root}${root.endsWith('/') ? '' : '/'}${path}`,
    location.href.replace(/[?#].*$/, ''),
  );
}

const traces = new Map<string, Opening>();

interface Opening {
  readonly model: Promise<TraceModel>;
  /** Whoever asked last is told how far it is. */
  progress: Progress;
}

/** Opens a recording once, whoever asks for it. */
function loadTrace(url: URL, progress: Progress): Promise<TraceModel> {
  const had = traces.get(url.href);
  if (had) {
    had.progress = progress;
    return had.model;
  }
  const model = fetched(url)
    .then((answer) => answer.blob())
    .then((data) =>
      openOwn(data, (part) => {
        opening.progress(part);
      }),
    );
  const opening: Opening = { model, progress };
  traces.set(url.href, opening);
  model.catch(() => traces.delete(url.href));
  return model;
}

/**
 * The picture drawn at build time stays until the recording is open; only a
 * long one is waited for on the stage, which tells how far it is.
 */
async function soon(
  model: Promise<TraceModel>,
): Promise<TraceModel | undefined> {
  const late = new Promise<undefined>((settle) => {
    setTimeout(settle, patience);
  });
  return Promise.race([model.catch(() => undefined), late]);
}

const sources = new Map<string, Promise<string>>();

/** Files of the source view are fetched once. */
async function loadSource(path: string): Promise<string> {
  const had =
    sources.get(path) ??
    fetched(siteUrl(`source/${path}.html`)).then((answer) => answer.text());
  sources.set(path, had);
  had.catch(() => sources.delete(path));
  return had;
}

async function fetched(url: URL): Promise<Response> {
  const response = await fetch(url).catch(() => undefined);
  if (!response)
    throw new Error(
      'The recorded run could not be fetched: there is no connection to the site.',
    );
  if (!response.ok)
    throw new Error(
      `The recorded run could not be fetched: the site answers ${response.status}.`,
    );
  return response;
}

function linkTo(player: Player): string {
  const { scenario, level, view } = player.state;
  return encodeLink({
    scenario,
    level,
    view,
    address: player.step?.address ?? '',
  });
}

/** Goes where the address bar says, and writes there where the reader went. */
function followLinks(player: Player): void {
  const go = (): void => {
    const wish = decodeLink(
      location.hash,
      player.setup.scenarios.map(({ id }) => id),
    );
    if (!wish) return;
    if (wish.level) player.send({ type: 'level', level: wish.level });
    if (wish.view) player.send({ type: 'view', view: wish.view });
    const scenario = wish.scenario ?? player.state.scenario;
    player.send({
      type: 'scenario',
      scenario,
      ...(wish.address && { address: wish.address }),
    });
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  player.watch(() => {
    const { driver, status, playing, scenario } = player.state;
    const isShared = player.setup.scenarios.some(({ id }) => id === scenario);
    const link = linkTo(player);
    clearTimeout(timer);
    if (driver === 'reader' && status === 'ready' && !playing && isShared)
      timer = setTimeout(() => {
        history.replaceState(history.state, '', link);
      }, 250);
  });
  addEventListener('hashchange', go);
  go();
}

function pressKey(
  event: KeyboardEvent,
  player: Player,
  host: HTMLElement,
  copy: () => Promise<boolean>,
): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented)
    return;
  const target = event.target instanceof Element ? event.target : document.body;
  const place: KeyPlace = {
    inStage: host.contains(target) || player.state.projector,
    inField:
      target.matches('input, select, textarea, [contenteditable]') &&
      !(target.matches('[type=range]') && event.key.length === 1),
    letters: player.state.letters,
    onControl: target.matches('button, a, summary'),
    inScroller:
      target.matches('[role="region"]') &&
      target.scrollHeight > target.clientHeight,
  };
  const wish = wishOf(event.key, place, viewsOf(player.model));
  if (!wish) return;
  event.preventDefault();
  if (wish.type === 'copy') void copy();
  else if (wish.type === 'dark') turnLight();
  else if (wish.type === 'playOrPause')
    player.send({ type: player.state.playing ? 'pause' : 'play' });
  else player.send(wish);
}

/** A dark room, or light again, as the button of the bar does. */
function turnLight(): void {
  const button = document.querySelector<HTMLElement>('[data-theme-toggle]');
  const { dataset } = document.documentElement;
  if (button) button.click();
  else dataset['theme'] = dataset['theme'] === 'dark' ? 'light' : 'dark';
}

/** Whether letters act on the whole page is the reader's choice, kept here. */
function rememberLetters(player: Player): void {
  const key = 'stage-letters';
  try {
    if (localStorage.getItem(key) === 'stage') player.send({ type: 'letters' });
  } catch {
    // Storage is closed to this page; the choice holds until it is left.
  }
  let { letters } = player.state;
  player.watch(() => {
    if (letters === player.state.letters) return;
    letters = !letters;
    try {
      localStorage.setItem(key, letters ? 'page' : 'stage');
    } catch {
      // As above.
    }
  });
}

function pressButton(host: HTMLElement, name: string): void {
  const buttons = [...host.querySelectorAll<HTMLElement>('button')];
  buttons.find((button) => nameOf(button) === name)?.click();
}

/** What a button is called, before and after it answers. */
export function nameOf(button: Element): string {
  return button.getAttribute('aria-label') ?? button.textContent.trim();
}
