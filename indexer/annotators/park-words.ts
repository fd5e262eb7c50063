/** The word that a park's name ends with, and what stands between it and the place. */
export interface ParkWord {
  readonly start: number;
  readonly end: number;
  /** 高新区 for 高新技术产业开发区; as the names of unlisted parks end. */
  readonly short: string;
  /** 科技园 and 工业园 are also parts of companies' and schools' names: a known place must stand before. */
  readonly needsKnownPlace: boolean;
}

const WORDS =
  '(?:高|农业)?科技园区?|工业园区?|高新(?:技术)?(?:产业)?(?:开发|园|示范)?区|高技术产业开发区|经开区|经济(?:技术)?开发区|综保区|综合保税区';
const anywhere = new RegExp(WORDS, 'g');
const here = new RegExp(`(?:国家级?|省级)?(${WORDS})`, 'y');

/** Every common word of parks in a folded text, by position; 新区域 and 园区块 are none. */
export function findParkWords(text: string): ParkWord[] {
  const found: ParkWord[] = [];
  for (const match of text.matchAll(anywhere)) {
    const end = match.index + match[0].length;
    if (text[end] === '域' || text[end] === '块') continue;
    found.push(parkWord(match[0], match.index, end));
  }
  return found;
}

/** The common word, 国家级 before it or not, that stands exactly at a place of a folded text. */
export function parkWordAt(text: string, start: number): ParkWord | null {
  here.lastIndex = start;
  const match = here.exec(text);
  if (match === null) return null;
  return parkWord(match[1] ?? '', start, start + match[0].length);
}

function parkWord(word: string, start: number, end: number): ParkWord {
  const short = shortParkWord(word);
  return { start, end, short: short ?? word, needsKnownPlace: short === null };
}

/** 高新技术开发区 → 高新区; null for 科技园, 工业园 and words of other parks. */
export function shortParkWord(word: string): string | null {
  if (/^高(?:新|技术).*区$/.test(word)) return '高新区';
  if (word.startsWith('经')) return '经开区';
  return word.startsWith('综') ? '综合保税区' : null;
}
