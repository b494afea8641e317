/** What the help sheet says about the keys of `keyboard.ts`. */

/**
 * Rows of the help sheet: keys, what they do, and the key that a press of the
 * row stands for, so that whoever has no keyboard can do the same.
 */
export const keyHelp: readonly (readonly [
  keys: string,
  does: string,
  press?: string,
])[] = [
  ['← →', 'one step back, one step on (also k, j, and a clicker)'],
  ['↑ ↓', 'the same, while the stage has the focus'],
  ['Home End', 'first step, last step'],
  ['Space', 'play, pause'],
  ['b B', 'next, previous beat of the text', 'b'],
  ['v V', 'next, previous visit of this line', 'v'],
  ['o O', 'next, previous change of this object', 'o'],
  ['a A', 'next, previous step of this actor', 'a'],
  ['1 2 3', 'level of detail: story, calls, lines'],
  ['4 5 6 …', 'the views, from left to right'],
  ['f', 'choose actors and objects: filter, fold', 'f'],
  ['p', 'projector: large type, only the stage', 'p'],
  ['d', 'dark room, or light again', 'd'],
  ['c', 'copy a link to this step', 'c'],
  ['?', 'this list'],
  ['Esc', 'close what is open'],
];
