import { pinyin } from 'pinyin-pro';
import { searchableIndex } from '../../indexer/push/index-registry.ts';
import type { Store } from '../../indexer/store/database.ts';
import {
  frequentWords,
  openVocabulary,
  wordsFrom,
  type CountedWord,
} from '../../indexer/store/vocabulary.ts';
import { pinyinLetters } from '../rewrites/pinyin-table.ts';
import { workInSlices } from '../search/slices.ts';
import { countWhile } from '../../indexer/core/count-while.ts';

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
  const spellings = createSpellings(store, isStopWord);

  return async function suggestWords(word, limit) {
    const index = searchableIndex(store);
    if (index === null) return [];
    if (/^\p{Script=Han}+$/u.test(word))
      return wordsFrom(store, index.uid, word, limit * 3)
        .filter((found) => found.word !== word && !isStopWord(found.word))
        .slice(0, limit);
    const letters = pinyinLetters(word);
    if (!/^[a-z]+$/.test(letters) || letters.length < FEWEST_LETTERS) return [];
    const { spelledFrom } = await spellings(index.uid);
    return spelledFrom(letters)
      .sort((a, b) => b.count - a.count)
      .slice(0, limit);
  };
}

function createSpellings(
  store: Store,
  isStopWord: (term: string) => boolean,
): (uid: string) => Promise<WordSpellings> {
  let spelled: { uid: string; articles: number; words: Promise<WordSpellings> } | undefined;

  function* spell(uid: string): Generator<void, WordSpellings> {
    const words = yield* frequentWords(store, uid, MAX_SPELLED);
    return yield* spellWords(words.filter(({ word }) => !isStopWord(word)));
  }

  return (uid) => {
    const articles = openVocabulary(store, uid).articles();
    if (spelled?.uid !== uid || articles > spelled.articles * GROWTH) {
      const words = workInSlices(spell(uid));
      spelled = { uid, articles, words };
      // A failure is for those who asked; whoever asks next tries again.
      words.catch(() => (spelled = undefined));
    }
    return spelled.words;
  };
}

/** Words by how they are spelled. */
interface WordSpellings {
  /** Words whose pinyin or initials begin with these letters, in no order. */
  readonly spelledFrom: (letters: string) => CountedWord[];
}

const WORDS_A_STEP = 100;

/** Spells words without tones, about 20 µs a word, in steps of a few milliseconds. */
function* spellWords(words: readonly CountedWord[]): Generator<void, WordSpellings> {
  const spellings: { letters: string; entry: CountedWord }[] = [];
  for (const [at, entry] of words.entries()) {
    if (at % WORDS_A_STEP === 0) yield;
    const syllables = pinyin(entry.word, { toneType: 'none', type: 'array', v: true });
    spellings.push({ letters: syllables.join(''), entry });
    spellings.push({ letters: syllables.map((syllable) => syllable.charAt(0)).join(''), entry });
  }
  spellings.sort((a, b) => (a.letters < b.letters ? -1 : a.letters > b.letters ? 1 : 0));
  return {
    spelledFrom(letters) {
      const found = new Set<CountedWord>();
      const first = countWhile(spellings, (spelling) => spelling.letters < letters);
      for (let at = first; spellings[at]?.letters.startsWith(letters) === true; at++)
        found.add(spellings[at]!.entry);
      return [...found];
    },
  };
}
