import { phrase, announce, button } from './dom.ts';

/** A button after everything that is there to be copied. */
export function addCopyButtons(): void {
  for (const source of document.querySelectorAll<HTMLElement>('.copyable:not([data-copy])')) {
    source.dataset['copy'] = 'ready';
    const made = button(phrase('复制'), () => void copy(source, made), { className: 'copy' });
    source.after(made);
  }
}

async function copy(source: HTMLElement, pressed: HTMLButtonElement): Promise<void> {
  const done = await copyText(source.textContent);
  if (!done) getSelection()?.selectAllChildren(source);
  pressed.textContent = phrase(done ? '已复制' : '已选中，请按 Ctrl+C');
  announce(pressed.textContent);
  setTimeout(() => {
    pressed.textContent = phrase('复制');
  }, 2500);
}

/** False where the browser forbids it, as it does over plain HTTP from another machine. */
async function copyText(value: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return false;
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
