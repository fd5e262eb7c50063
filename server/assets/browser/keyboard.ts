/** Whether a key belongs to a field or an input method rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing) return true;
  const { target } = event;
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}
