/** The button that turns the light on and off. */

const key = 'theme';

/** Makes the button of the bar work and name what it does. */
export function startThemeToggle(): void {
  const root = document.documentElement;
  const button = document.querySelector('[data-theme-toggle]');
  if (button === null) return;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const name = () => {
    const next = root.dataset['theme'] === 'dark' ? 'Light' : 'Dark';
    button.textContent = next;
    button.setAttribute('aria-label', `${next} theme`);
  };
  button.addEventListener('click', () => {
    const next = root.dataset['theme'] === 'dark' ? 'light' : 'dark';
    root.dataset['theme'] = next;
    remember(next, system.matches ? 'dark' : 'light');
    name();
  });
  system.addEventListener('change', name);
  name();
}

/** A choice that equals the system's is none: the system is followed again. */
function remember(theme: string, system: string): void {
  try {
    if (theme === system) localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is closed to this page; the choice holds until it is left.
  }
}
