/**
 * The `@story` lines of a doc comment: what a function says of itself.
 *
 * A tag may run over several comment lines; it ends at the next tag, at an
 * empty line or with the comment. Its words are read later, by the stories.
 */
import type { Node } from '@babel/types';

/** The `@story` lines in the doc comment right before a node, in order. */
export function storiesOf(node: Node): string[] {
  const doc = node.leadingComments?.findLast(
    ({ type, value }) => type === 'CommentBlock' && value.startsWith('*'),
  );
  return doc === undefined ? [] : readStories(doc.value);
}

/** The `@story` lines of a comment's text, without the tag. */
export function readStories(comment: string): string[] {
  const stories: string[] = [];
  let inside = false;
  for (const raw of comment.split(/\r?\n/)) {
    const line = raw.replace(/^\s*\*+\s?/, '').trim();
    const tag = /^@(\w+)\s*(.*)$/.exec(line);
    if (tag !== null) {
      inside = tag[1] === 'story';
      if (inside) stories.push(tag[2] ?? '');
    } else if (line === '') {
      inside = false;
    } else if (inside) {
      const last = stories.pop() ?? '';
      stories.push(last === '' ? line : `${last} ${line}`);
    }
  }
  return stories;
}
