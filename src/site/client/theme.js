// Runs before the first paint: the remembered theme, or else the system's.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let kept = null;
    try {
      kept = localStorage.getItem('theme');
    } catch {
      // Storage is closed to this page; the system decides.
    }
    root.dataset.theme = kept ?? (dark.matches ? 'dark' : 'light');
  };
  apply();
  dark.addEventListener('change', apply);
})();
