/** Menus are `details` and work without scripts; this closes them kindly. */

export function startMenus(): void {
  const menus = document.querySelectorAll<HTMLDetailsElement>('details.menu');
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of menus) {
      if (!menu.open) continue;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
  document.addEventListener('click', (event) => {
    const target = event.target as Node;
    for (const menu of menus) {
      const chosen = target instanceof Element && target.closest('a') !== null;
      if (!menu.contains(target) || chosen) menu.open = false;
    }
  });
}
