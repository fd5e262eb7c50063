/** Marks a paragraph's start and end in the counts. */
export const PARAGRAPH_MARK = '\n';

const SAME_PUNCTUATION: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '「': '"',
  '」': '"',
  '『': "'",
  '』': "'",
  '《': '<',
  '》': '>',
  '—': '-',
  '–': '-',
  '―': '-',
  '·': '.',
  '。': '。',
};

/**
 * Returns the characters that the seam model counts: NFKC, white space dropped, every digit `0`,
 * every Latin letter `a`, variants of one punctuation mark made one. `３月１日，` → `0月0日,`.
 */
export function seamCharacters(text: string): string[] {
  const characters: string[] = [];
  for (const character of text.normalize('NFKC')) {
    const counted = isHan(character) ? character : countedAs(character);
    if (counted !== '') characters.push(counted);
  }
  return characters;
}

/** Returns whether a character is of the common Chinese block; by number, because this runs over every text. */
export function isHan(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= 0x4e00 && code <= 0x9fff;
}

function countedAs(character: string): string {
  if (/\s/u.test(character)) return '';
  if (/\p{Nd}/u.test(character)) return '0';
  if (/[A-Za-z]/.test(character)) return 'a';
  return SAME_PUNCTUATION[character] ?? character;
}
