import nodejieba from 'nodejieba';

const WORD = /^[\p{Script=Han}A-Za-z]{2,}$/u;

/**
 * Returns for every text its words with the highest TF-IDF (count in the text × ln(texts / texts with
 * the word)), best first, at most `count`; of equals the one that stands first. Words are of two
 * characters and more, cut by nodejieba as it comes: not by the analyzer under test, so that the
 * queries stay the same when that changes. To be called before an analyzer is created, which changes
 * nodejieba's dictionary.
 */
export function topKeywords(texts: readonly string[], count: number): string[][] {
  const frequencies = new Map<string, number>();
  const counted = texts.map((text) => {
    const words = new Map<string, number>();
    for (const word of nodejieba.cut(text))
      if (WORD.test(word)) words.set(word, (words.get(word) ?? 0) + 1);
    for (const word of words.keys()) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
    return words;
  });
  return counted.map((words) =>
    [...words]
      .map(([word, times]) => ({
        word,
        weight: times * Math.log(texts.length / frequencies.get(word)!),
      }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, count)
      .map(({ word }) => word),
  );
}
