/** Where the function comes from, and what is simpler here. */
import { Rich } from './Rich.tsx';
import type { Note } from './source-page.ts';

export function Remarks({
  note: { symbol, upstream, omits, differs },
}: {
  readonly note: Note;
}) {
  const remarks = [
    ...omits.map((text) => ['leaves out', text]),
    ...differs.map((text) => ['differs', text]),
  ];
  if (upstream.length + remarks.length === 0) return null;
  return (
    <div class="c-note">
      {upstream.map(({ href, lines }) => (
        <a
          key={href}
          href={href}
          rel="external noreferrer"
          title={`The original of ${symbol}`}
        >
          upstream {lines ? `${lines[0]}–${lines[1]}` : ''}
        </a>
      ))}
      {remarks.length > 0 && (
        <details>
          <summary>
            {remarks.length === 1 ? '1 remark' : `${remarks.length} remarks`} on{' '}
            {symbol || 'this file'}
          </summary>
          <ul>
            {remarks.map(([what, text]) => (
              <li key={text}>
                <b>{what}</b> <Rich text={text ?? ''} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
