import type { ScannedField } from './park-evidence.ts';
import type { FoldedName, ParkLexicon } from './park-lexicon.ts';
import { shortParkWord } from './park-words.ts';

/**
 * Parks named by their place only, in a list that ends with the common word: 武汉、襄阳高新区,
 * 苏州、无锡两个国家高新区. Returns spans of the places; only parks of the gazetteer.
 */
export function findEnumerated(
  { text }: ScannedField,
  taken: readonly FoldedName[],
  lexicon: ParkLexicon,
): FoldedName[] {
  const found: FoldedName[] = [];
  const covered = new Uint8Array(text.length);
  const endsAt = new Map<number, FoldedName>();
  for (const name of taken) {
    covered.fill(1, name.start, name.end);
    endsAt.set(name.end, name);
  }
  for (const match of text.matchAll(COMMON_WORD)) {
    // The last of the list may already be a name of its own: 襄阳高新区.
    const last = endsAt.get(match.index + match[0].length);
    const lead = LIST_END.exec(text.slice(Math.max(0, match.index - 14), match.index))?.[0] ?? '';
    if (last === undefined && lead === '') continue;
    const end = last?.start ?? match.index - lead.length;
    const items = listBefore(
      text,
      end,
      last !== undefined,
      shortParkWord(match[0]) ?? '自贸试验区',
      lexicon,
    );
    // 苏州两个高新区 are two in one city; 苏州等两个高新区 begins with the one of 苏州.
    if (last === undefined && items.length < 2 && !lead.startsWith('等')) continue;
    for (const item of items) {
      if (covered.subarray(item.start, item.end).includes(1)) continue;
      covered.fill(1, item.start, item.end);
      found.push(item);
    }
  }
  return found;
}

/** The places of a list that ends at `end`, from the last to the first; stops at what is no park. */
function listBefore(
  text: string,
  listEnd: number,
  afterSeparator: boolean,
  common: string,
  lexicon: ParkLexicon,
): FoldedName[] {
  const items: FoldedName[] = [];
  let end = listEnd;
  while (items.length < LONGEST_LIST) {
    if (items.length > 0 || afterSeparator) {
      const separator = SEPARATOR.exec(text.slice(Math.max(0, end - 2), end));
      if (separator === null) break;
      end -= separator[0].length;
    }
    const start = stemBefore(text, end, lexicon);
    if (start === null) break;
    const stem = text.slice(start, end);
    const meaning = lexicon.meaningOf((lexicon.placeOf(stem) ?? stem) + common);
    const park = meaning?.parks[0];
    if (park === undefined || meaning?.parks.length !== 1) break;
    items.push({ start, end, park, kind: 'enumerated' });
    end = start;
  }
  return items;
}

const LONGEST_LIST = 20;
const COMMON_WORD =
  /高新(?:技术产业开发)?区|经开区|经济技术开发区|综保区|综合保税区|自贸试验区|自贸区/g;
// 两个国家级, 等三家, 等
const LIST_END =
  /(?:等)?(?:(?:[一二两三四五六七八九十]{1,3}|\d{1,3})(?:个|大|家|地|市))?(?:国家级?|省级)?$/;
const SEPARATOR = /(?:、|,|和|与|及|以及)$/;

/** Where the longest known place or stem that ends at `end` begins; null when none does. */
function stemBefore(text: string, end: number, lexicon: ParkLexicon): number | null {
  for (let length = Math.min(6, end); length >= 2; length--) {
    const word = text.slice(end - length, end);
    if (lexicon.isStem(word) || lexicon.placeOf(word) !== null) return end - length;
  }
  return null;
}
