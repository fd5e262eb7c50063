/** What a character does to the cutting of a text. */
export const CharacterClass = {
  /** Symbols, emoji, private use, lone surrogates: each a token of its own. */
  other: 0,
  space: 1,
  punctuation: 2,
  /** `0`–`9`; the digits of other scripts are letters here. */
  digit: 3,
  /** Letters of scripts that have capitals: Latin, Greek, Cyrillic … */
  latin: 4,
  /** Letters of other scripts: kana, hangul, Thai, Arabic … */
  letter: 5,
  han: 6,
  /** Accents and vowel signs that belong to the letter before. */
  mark: 7,
} as const;
export type CharacterClass = (typeof CharacterClass)[keyof typeof CharacterClass];

// Later lines win.
const patterns: readonly (readonly [CharacterClass, string])[] = [
  [CharacterClass.punctuation, '[\\p{P}\\p{Sm}\\p{Sc}\\p{Sk}]'],
  [CharacterClass.space, '[\\p{Z}\\p{Cc}]'],
  [CharacterClass.letter, '[\\p{L}\\p{N}]'],
  [CharacterClass.latin, '[\\p{Lu}\\p{Ll}\\p{Lt}\\p{Script=Latin}]'],
  [CharacterClass.mark, '\\p{M}'],
  [CharacterClass.digit, '[0-9]'],
  [CharacterClass.han, '\\p{Script=Han}'],
];

const basicPlane = classifyBasicPlane();
const single = patterns.map(([type, source]) => [type, new RegExp(source, 'u')] as const);

/** The class of a Unicode code point; lone surrogates are `other`. */
export function classOf(codePoint: number): CharacterClass {
  if (codePoint < 0x10000) return basicPlane[codePoint] as CharacterClass;
  const character = String.fromCodePoint(codePoint);
  let found: CharacterClass = CharacterClass.other;
  for (const [type, pattern] of single) if (pattern.test(character)) found = type;
  return found;
}

/** One pass of each pattern over all characters: 65,536 × 7 single tests would take ten times as long. */
function classifyBasicPlane(): Uint8Array {
  const units = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  // Between two lone surrogates that would make a pair, the string is cut.
  const halves = [units.subarray(0, 0xdc00), units.subarray(0xdc00)];
  const classes = new Uint8Array(0x10000);
  for (const half of halves) {
    const text = Buffer.from(half.buffer, half.byteOffset, half.byteLength).toString('utf16le');
    for (const [type, source] of patterns)
      for (const run of text.matchAll(new RegExp(`${source}+`, 'gu')))
        classes.fill(type, (half[0] ?? 0) + run.index, (half[0] ?? 0) + run.index + run[0].length);
  }
  return classes;
}
