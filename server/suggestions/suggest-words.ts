import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { CountedWord } from '../../indexer/store/vocabulary.ts';
import { frequentWords, openVocabulary, wordsFrom } from '../../indexer/store/vocabulary.ts';
import { pinyinLetters } from '../rewrites/pinyin-table.ts';
import type { WordSpellings } from './word-pinyin.ts';
import { spellWords } from './word-pinyin.ts';

/** So many words are known by their pinyin as well: reading and spelling them takes half a second, and 2 MB. */
const MAX_SPELLED = 10_000;
const FEWEST_LETTERS = 2;
/** The corpus has to grow by that factor before its words are spelled anew. */
const GROWTH = 1.5;

/** Completes a word from the corpus's own vocabulary, the most frequent first. */
export function createWordSuggester(
  store: Store,
  isStopWord: (term: string) => boolean,
): (word: string, limit: number) => CountedWord[] {
  const spellings = createSpellings(store, isStopWord);

  return function suggestWords(word, limit) {
    const index = searchableIndex(store);
    if (index === null) return [];
    if (/^\p{Script=Han}+$/u.test(word))
      return wordsFrom(store, index.uid, word, limit * 3)
        .filter((found) => found.word !== word && !isStopWord(found.word))
        .slice(0, limit);
    const letters = pinyinLetters(word);
    if (!/^[a-z]+$/.test(letters) || letters.length < FEWEST_LETTERS) return [];
    return spellings(index.uid)
      .spelledFrom(letters)
      .sort((a, b) => b.count - a.count)
      .slice(0, limit);
  };
}

function createSpellings(
  store: Store,
  isStopWord: (term: string) => boolean,
): (uid: string) => WordSpellings {
  let spelled: { uid: string; articles: number; words: WordSpellings } | undefined;
  return (uid) => {
    const articles = openVocabulary(store, uid).articles();
    if (spelled?.uid !== uid || articles > spelled.articles * GROWTH) {
      const words = frequentWords(store, uid, MAX_SPELLED).filter(({ word }) => !isStopWord(word));
      spelled = { uid, articles, words: spellWords(words) };
    }
    return spelled.words;
  };
}
