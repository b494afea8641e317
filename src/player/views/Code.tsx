/** The lines of a file, fetched once, marked at every step. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TraceModel } from '../../trace/model.ts';
import type { Player } from '../player.ts';
import { afterDrawing } from './after-drawing.ts';
import { Remarks } from './Remarks.tsx';
import type { Spot } from './Source.tsx';
import { SourcePage } from './source-page.ts';

interface Props {
  readonly player: Player;
  readonly model: TraceModel;
  readonly spot: Spot;
}

/** Values under a line; more would push the code away. */
const shown = 4;

export function Code({ player, model, spot }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const [page, failed] = usePage(player, model, spot.file);
  const { row, line: chosen, view, projector } = player.state;
  useLayoutEffect(() => {
    const pane = ref.current;
    if (!pane || !page) return;
    page.mark({
      row,
      line: spot.line,
      chosen: chosen?.file === spot.file ? chosen.line : undefined,
      values: valuesAt(model, row, page.text(spot.line)),
    });
    afterDrawing(() => {
      page.showIn(pane);
    });
  }, [page, model, row, spot.file, spot.line, chosen, view, projector]);
  const press = (event: Event) => {
    const item = (event.target as Element).closest<HTMLElement>('[data-line]');
    if (item)
      player.send({
        type: 'line',
        file: spot.file,
        line: Number(item.dataset['line']),
      });
  };
  const note = page?.noteAt(spot.line);
  return (
    <>
      {note && <Remarks note={note} />}
      {failed && (
        <p class="empty">
          The text of this file could not be fetched. Every other view works
          without it.
        </p>
      )}
      {!page && !failed && <p class="empty">The source is on its way.</p>}
      <div
        class={page ? 'c-body' : 'c-body waiting'}
        ref={ref}
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

const pages = new WeakMap<TraceModel, Map<string, SourcePage>>();

/** The file's page, once it is here; whether it could not be fetched. */
function usePage(
  player: Player,
  model: TraceModel,
  file: string,
): [SourcePage | undefined, boolean] {
  const known = pages.get(model) ?? new Map<string, SourcePage>();
  pages.set(model, known);
  const [, come] = useState(0);
  const [failed, fail] = useState('');
  useEffect(() => {
    if (known.has(file)) return;
    player.setup.loadSource(file).then(
      (html) => {
        known.set(file, new SourcePage(html, file, model));
        come((count) => count + 1);
      },
      () => {
        fail(file);
      },
    );
  }, [player, model, file]);
  return [known.get(file), failed === file];
}
