/** A copy button on every code block and command. */

const shownFor = 1600;

/** Adds them where they are not yet; blocks without scripts go without. */
export function addCopyButtons(): void {
  const blocks = document.querySelectorAll<HTMLElement>(
    'pre.block, [data-copy]',
  );
  for (const block of blocks) {
    if (block.closest('.copyable') !== null) continue;
    const holder = document.createElement('div');
    holder.className = 'copyable';
    block.replaceWith(holder);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => {
      void copy(textOf(block), button);
    });
    holder.append(block, button);
  }
}

function textOf(block: HTMLElement): string {
  const lines = [...block.querySelectorAll('[data-line] > code')];
  if (lines.length === 0) return block.textContent.trimEnd();
  return lines.map((line) => line.textContent).join('\n');
}

async function copy(text: string, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Press Ctrl+C';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
  }, shownFor);
}
