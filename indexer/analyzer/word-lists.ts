import { join } from 'node:path';
import { loadGazetteer, type Gazetteer } from '../../config/gazetteer.ts';
import { loadSynonyms, type Synonyms } from '../../config/synonyms.ts';
import { WORD_LIST_FOLDER } from '../../config/word-list-files.ts';
import type { AnalyzerWords } from './words.ts';
import { createStopWords, loadAnalyzerWords, loadWordList } from './words.ts';

/** What a person can edit, as it was at one moment. */
export interface WordLists {
  readonly gazetteer: Gazetteer;
  readonly words: AnalyzerWords;
  readonly synonyms: Synonyms;
  /** Whether a token's term says nothing about what is looked for. */
  readonly isStopWord: (term: string) => boolean;
}

/**
 * The checked word lists and park gazetteer of a folder.
 * @throws GazetteerError, WordListError or SynonymsError with file, place and remedy of every fault.
 */
export function loadWordLists(folder: string = WORD_LIST_FOLDER): WordLists {
  const gazetteer = loadGazetteer(join(folder, 'parks'));
  return {
    gazetteer,
    words: loadAnalyzerWords(gazetteer, folder),
    synonyms: loadSynonyms(folder),
    isStopWord: createStopWords(loadWordList('stop-words.txt', folder)),
  };
}
