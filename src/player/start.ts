/**
 * The first, small part of the player: keeps what the reader does until the
 * rest is here, and fetches the rest when the page is at rest, when the stage
 * comes into view, or at once when the reader reaches for it.
 */
const host = document.querySelector<HTMLElement>('[data-stage]');
if (host) begin(host);

function begin(stage: HTMLElement): void {
  const keys: KeyboardEvent[] = [];
  const presses: string[] = [];
  let begun = false;
  const load = (): void => {
    if (begun) return;
    begun = true;
    void import('./mount.tsx').then(({ mount }) =>
      mount(stage, () => {
        document.removeEventListener('keydown', keep);
        stage.removeEventListener('click', press);
        return { keys, presses };
      }),
    );
  };
  const keep = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    keys.push(event);
    if (['ArrowLeft', 'ArrowRight'].includes(event.key)) load();
  };
  const press = (event: Event): void => {
    const button = (event.target as Element).closest('button');
    if (!button) return;
    presses.push(
      button.getAttribute('aria-label') ?? button.textContent.trim(),
    );
    load();
  };
  document.addEventListener('keydown', keep);
  stage.addEventListener('click', press);
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    if ('requestIdleCallback' in window)
      requestIdleCallback(load, { timeout: 1500 });
    else setTimeout(load, 200);
  });
  seen.observe(stage);
}
