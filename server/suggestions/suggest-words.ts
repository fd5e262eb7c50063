import { countWhile } from '../../indexer/core/count-while.ts';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { Store } from '../../indexer/store/database.ts';
import {
  frequentWords,
  openVocabulary,
  wordsFrom,
  type CountedWord,
} from '../../indexer/store/vocabulary.ts';
import { pinyinLetters, syllablesOf } from '../rewrites/pinyin-table.ts';
import { workInSlices } from '../search/slices.ts';

/** So many words are known by their pinyin as well: reading and spelling them takes half a second of work, and 2 MB. */
const MAX_SPELLED = 10_000;
const FEWEST_LETTERS = 2;
/** The corpus has to grow by that factor before its words are spelled anew. */
const GROWTH = 1.5;

/** Completes a word from the corpus's own vocabulary, the most frequent first. */
export function createWordSuggester(
  store: Store,
  isStopWord: (term: string) => boolean,
): (word: string, limit: number) => Promise<CountedWord[]> {
  let spelled:
    { uid: string; articles: number; words: Promise<readonly SpelledWord[]> } | undefined;

  function spelledWords(uid: string): Promise<readonly SpelledWord[]> {
    const articles = openVocabulary(store, uid).articles();
    if (spelled?.uid !== uid || articles > spelled.articles * GROWTH) {
      const words = workInSlices(spell(uid));
      spelled = { uid, articles, words };
      // A failure is for those who asked; whoever asks next tries again.
      words.catch(() => (spelled = undefined));
    }
    return spelled.words;
  }

  function* spell(uid: string): Generator<void, SpelledWord[]> {
    const words = yield* frequentWords(store, uid, MAX_SPELLED);
    return yield* spellWords(words.filter(({ word }) => !isStopWord(word)));
  }

  return async function suggestWords(word, limit) {
    const index = searchableIndex(store);
    if (index === null) return [];
    if (/^\p{Script=Han}+$/u.test(word))
      return wordsFrom(store, index.uid, word, limit * 3)
        .filter((found) => found.word !== word && !isStopWord(found.word))
        .slice(0, limit);
    const letters = pinyinLetters(word);
    if (!/^[a-z]+$/.test(letters) || letters.length < FEWEST_LETTERS) return [];
    const words = await spelledWords(index.uid);
    const found = new Set<CountedWord>();
    const first = countWhile(words, (one) => one.letters < letters);
    for (let at = first; words[at]?.letters.startsWith(letters) === true; at++)
      found.add(words[at]!.entry);
    return [...found].sort((a, b) => b.count - a.count).slice(0, limit);
  };
}

interface SpelledWord {
  /** Its pinyin, or the initials of it. */
  readonly letters: string;
  readonly entry: CountedWord;
}

const WORDS_A_STEP = 100;

/** Spells words without tones, about 20 µs a word, in steps of a few milliseconds; sorted by their letters. */
function* spellWords(words: readonly CountedWord[]): Generator<void, SpelledWord[]> {
  const spelled: SpelledWord[] = [];
  for (const [at, entry] of words.entries()) {
    if (at % WORDS_A_STEP === 0) yield;
    const syllables = syllablesOf(entry.word);
    spelled.push({ letters: syllables.join(''), entry });
    spelled.push({ letters: syllables.map((syllable) => syllable.charAt(0)).join(''), entry });
  }
  return spelled.sort((a, b) => (a.letters < b.letters ? -1 : Number(a.letters > b.letters)));
}
