import { fillPhrase, type Phrase } from '../../languages/phrase.ts';

/** Put in when the code is bundled for a language; empty for simplified Chinese. */
declare const PHRASES: Readonly<Record<string, Phrase>>;

/** The phrase in the language of the page, its places filled with the values. */
export function phrase(chinese: string, ...values: readonly (string | number)[]): string {
  return fillPhrase(PHRASES[chinese] ?? chinese, values.map(String));
}

/** A new element with these properties and this inside. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...inside: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

/** A button that does something here, not one of a form. */
export function button(
  label: string,
  act: () => void,
  properties: Partial<HTMLButtonElement> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...properties }, label);
  made.addEventListener('click', act);
  return made;
}

/** Says a sentence to people who use a screen reader. */
export function announce(sentence: string): void {
  const region = document.querySelector('#announce');
  if (region !== null) region.textContent = sentence;
}

/** Whether a key belongs to a field, an input method or a shortcut of the browser rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

/** Gives the file to the person as a download. */
export function saveFile(file: Blob, name: string): void {
  const href = URL.createObjectURL(file);
  element('a', { href, download: name }).click();
  // The browser reads the file after the click.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
