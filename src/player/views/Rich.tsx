/** A sentence with its `code` in code style. */
import { typeset } from '../typeset.ts';

export function Rich({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return (
    <>
      {parts.map((part, i) =>
        i % 2 ? <code key={i}>{part}</code> : typeset(part),
      )}
    </>
  );
}
