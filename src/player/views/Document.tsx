/** One object as text, the lines this step wrote marked, and who wrote each. */
import { useMemo } from 'preact/hooks';
import type { Row, TraceModel } from '../../trace/model.ts';
import { countTo } from '../../trace/index/lists.ts';
import { changedPaths, textLines } from '../draw/yaml.ts';
import type { Player } from '../player.ts';

export interface DocumentProps {
  readonly player: Player;
  readonly model: TraceModel;
  readonly id: string;
  readonly row: Row;
}

export function Document({ player, model, id, row }: DocumentProps) {
  const changes = model.changesOf(id);
  const written = changes[countTo(changes, row) - 1];
  const [lines, marked] = useMemo(() => {
    const now = textLines(model.document(id, row));
    const before =
      written === undefined || written === 0
        ? []
        : textLines(model.document(id, written - 1));
    return [now, changedPaths(now, before)];
  }, [model, id, written]);
  const here = written === row;
  const jump = (path: string) => {
    const writer = model.lastWriter(id, path, row);
    if (writer !== undefined) player.send({ type: 'row', row: writer });
  };
  return (
    <div class="o-document">
      <div class="o-bar">
        <b>{id.split('/')[0]}</b> {id.split('/').slice(1).join('/')}
        <span class="o-jumps">
          <button
            type="button"
            onClick={() => {
              player.send({ type: 'toChange', way: -1 });
            }}
          >
            previous change
          </button>
          <button
            type="button"
            onClick={() => {
              player.send({ type: 'toChange', way: 1 });
            }}
          >
            next change
          </button>
          <button
            type="button"
            onClick={() => {
              player.send({ type: 'thing', thing: undefined });
            }}
          >
            close
          </button>
        </span>
      </div>
      <div
        class="o-text"
        tabIndex={0}
        role="region"
        aria-label={`${id} as text`}
      >
        {lines.length === 0 && (
          <p class="empty">It does not exist at this step.</p>
        )}
        {lines.map(({ path, indent, text }) => (
          <button
            key={path}
            type="button"
            class={marked.has(path) ? (here ? 'lit' : 'last') : ''}
            style={{ paddingLeft: `${16 + indent * 16}px` }}
            title={`Go to the step that wrote ${path}`}
            onClick={() => {
              jump(path);
            }}
          >
            {text}
          </button>
        ))}
      </div>
      <p class="o-hint">
        Press a line to go to the step that wrote it.
        {!here &&
          written !== undefined &&
          ' A bar marks what the last change wrote.'}
      </p>
    </div>
  );
}
