/** A sign on a button; the button has its name in words. */
export function Sign({ d }: { readonly d: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
