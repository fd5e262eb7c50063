/**
 * A list kept in this browser; what does not pass `check` is left out.
 * Empty where the browser keeps nothing for this site.
 */
export function readStoredList<T>(key: string, check: (item: unknown) => item is T): T[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(stored) ? stored.filter(check) : [];
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return [];
    throw error;
  }
}

/** Keeps the list; false where the browser does not allow it or is full. */
export function writeStoredList(key: string, items: readonly unknown[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(items));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
