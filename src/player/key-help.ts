/** What the help sheet says about the keys of `keyboard.ts`. */

/** Rows of the help sheet: keys, and what they do. */
export const keyHelp: readonly (readonly [keys: string, does: string])[] = [
  ['← →', 'one step back, one step on (also k, j, and a clicker)'],
  ['↑ ↓', 'the same, while the stage has the focus'],
  ['Home End', 'first step, last step'],
  ['Space', 'play, pause'],
  ['b B', 'next, previous beat of the text'],
  ['v V', 'next, previous visit of this line'],
  ['o O', 'next, previous change of this object'],
  ['a A', 'next, previous step of this actor'],
  ['1 2 3', 'level of detail: story, calls, lines'],
  ['4 5 6 …', 'the views, from left to right'],
  ['p', 'projector: large type, only the stage'],
  ['c', 'copy a link to this step'],
  ['?', 'this list'],
  ['Esc', 'close what is open'],
];
