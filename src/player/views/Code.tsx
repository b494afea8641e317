/** The lines of a file, fetched once, marked at every step. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import { countUpTo } from '../cursor.ts';
import type { Player } from '../player.ts';
import { Remarks } from './Remarks.tsx';
import type { Spot } from './Source.tsx';
import {
  indentLines,
  markLines,
  noteAt,
  notesOf,
  type Note,
} from './source-marks.ts';

interface Props {
  readonly player: Player;
  readonly model: TraceModel;
  readonly spot: Spot;
}

/** Values under a line; more would push the code away. */
const shown = 4;

export function Code({ player, model, spot }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const text = useFile(player, spot.file);
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const { row, line: chosen, view } = player.state.value;
  useLayoutEffect(() => {
    if (!ref.current || text.html === undefined) return;
    ref.current.innerHTML = text.html;
    indentLines(ref.current);
    setNotes(notesOf(ref.current));
  }, [text.html]);
  useLayoutEffect(() => {
    if (!ref.current || text.html === undefined) return;
    markLines(ref.current, {
      line: spot.line,
      chosen: chosen?.file === spot.file ? chosen.line : undefined,
      visits: (line) => countUpTo(model.visits(spot.file, line), row),
      values: valuesAt(
        model,
        row,
        ref.current.querySelector(`[data-line="${spot.line}"]`)?.textContent ??
          '',
      ),
    });
  }, [text.html, model, row, spot.file, spot.line, chosen, view]);
  const press = (event: Event) => {
    const item = (event.target as Element).closest<HTMLElement>('[data-line]');
    if (item)
      player.send({
        type: 'line',
        file: spot.file,
        line: Number(item.dataset['line']),
      });
  };
  const note = noteAt(notes, spot.line);
  return (
    <>
      {note && <Remarks note={note} />}
      {text.why !== undefined && <p class="empty">{text.why}</p>}
      {text.html === undefined && text.why === undefined && (
        <p class="empty">The source is on its way.</p>
      )}
      <div
        class="c-body"
        ref={ref}
        tabIndex={0}
        role="region"
        aria-label={`Source of ${spot.file}`}
        onClick={press}
      />
    </>
  );
}

/** Variables that the line names, and those written just now. */
function valuesAt(
  model: TraceModel,
  row: number,
  line: string,
): [string, string][] {
  const frame = model.stack(row).at(-1);
  if (!frame) return [];
  const words = new Set(line.match(/[\p{L}_$][\p{L}\d_$]*/gu));
  return model
    .variables(frame.frame, row)
    .filter(({ name, now }) => now || words.has(name))
    .slice(0, shown)
    .map(({ name, value }) => [name, model.show(value, row, 60)]);
}

interface FileText {
  readonly file: string;
  readonly html?: string;
  readonly why?: string;
}

function useFile(player: Player, file: string): FileText {
  const [text, setText] = useState<FileText>({ file });
  useEffect(() => {
    let wanted = true;
    player.loadSource(file).then(
      (html) => {
        if (wanted) setText({ file, html });
      },
      () => {
        if (wanted)
          setText({
            file,
            why: 'The text of this file could not be fetched. Every other view works without it.',
          });
      },
    );
    return () => {
      wanted = false;
    };
  }, [player, file]);
  return text.file === file ? text : { file };
}
