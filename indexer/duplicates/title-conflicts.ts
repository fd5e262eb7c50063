// A headline longer than this is a text gone astray, and the search below is not linear in it.
const LONGEST_TITLE = 100;

interface Titled {
  readonly title: string;
  readonly body: string;
}

/**
 * How many pairs of characters of the first headline, absent from the other headline, stand in the
 * first text at least twice as often as in the other; pairs that overlap count once. A copy under a
 * new headline has none, for the old headline speaks of what both texts say; 法文版出版 against
 * 俄文版出版 has.
 */
export function countTitleConflicts(first: Titled, other: Titled): number {
  const title = first.title.slice(0, LONGEST_TITLE);
  let conflicts = 0;
  for (let at = 0; at + 2 <= title.length; at++) {
    const pair = title.slice(at, at + 2);
    if (other.title.includes(pair)) continue;
    const own = countOccurrences(first.body, pair);
    if (own === 0 || 2 * countOccurrences(other.body, pair) > own) continue;
    conflicts += 1;
    at += 1;
  }
  return conflicts;
}

function countOccurrences(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++;
  return count;
}
