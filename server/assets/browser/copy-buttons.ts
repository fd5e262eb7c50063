import { phrase } from './phrase.ts';
import { announce } from './announce.ts';

/** A button after everything that is there to be copied. */
export function addCopyButtons(): void {
  for (const source of document.querySelectorAll<HTMLElement>('.copyable:not([data-copy])')) {
    source.dataset['copy'] = 'ready';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = phrase('复制');
    button.addEventListener('click', () => void copy(source, button));
    source.after(button);
  }
}

async function copy(source: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const done = await copyText(source.textContent);
  if (!done) getSelection()?.selectAllChildren(source);
  button.textContent = phrase(done ? '已复制' : '已选中，请按 Ctrl+C');
  announce(button.textContent);
  setTimeout(() => {
    button.textContent = phrase('复制');
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
