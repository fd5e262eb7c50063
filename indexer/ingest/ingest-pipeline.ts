import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../config/environment.ts';
import type { Analyzer } from '../analyzer/analyzer.ts';
import { createAnalyzer, dictionaryWords } from '../analyzer/analyzer.ts';
import type { CompiledDictionary } from '../analyzer/segmenter.ts';
import { annotationFingerprint } from '../annotators/annotation-fingerprint.ts';
import { createAnnotators } from '../annotators/annotators.ts';
import { loadContinuationModel } from '../articles/continuation-model.ts';
import { createDocumentBuilder, type BuiltDocument } from '../documents/engine-document.ts';
import { createPagePreparer } from './prepare-page.ts';
import { indexFingerprint } from '../push/index-fingerprint.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import type { WordLists } from '../analyzer/word-lists.ts';
import { loadWordLists } from '../analyzer/word-lists.ts';
import type { AnnotationThreadData, PageRange, ReannotatedArticles } from './annotation-thread.ts';
import { openChangePool } from '../push/change-pool.ts';
import { openWorkerPool } from '../core/worker-pool.ts';
import { openPagePool } from './prepare-pages.ts';

const MOST_ANNOTATION_THREADS = 3;

/** Everything that turns pages into documents, made from one state of the word lists. */
export type IngestPipeline = ReturnType<typeof pipelineOf>;

type PipelineSettings = Partial<Pick<Environment, 'wordLists' | 'lowMemory'>>;

/**
 * Loads the tools from the word lists of a folder, by default of `config/`; with little memory there is one
 * thread of each sort. The analyzer is loaded when it is first needed, which takes a second.
 * @throws when a file is wrong, with file, place and remedy.
 */
export function createIngestPipeline(settings: PipelineSettings = {}): IngestPipeline {
  return pipelineOf(loadWordLists(settings.wordLists), settings);
}

/**
 * The same from edited lists while `former` answers: its analyzer when it has the same words, else one whose
 * dictionary is compiled in a thread.
 * @throws as {@link createIngestPipeline}; the signal's reason.
 */
export async function renewIngestPipeline(
  settings: PipelineSettings,
  former: IngestPipeline,
  signal?: AbortSignal,
): Promise<IngestPipeline> {
  const lists = loadWordLists(settings.wordLists);
  const { words } = lists;
  const analyzer = isDeepStrictEqual(former.words, words)
    ? former.analyzer
    : createAnalyzer(words, await compileInThread(dictionaryWords(words), signal));
  return pipelineOf(lists, settings, analyzer);
}

async function compileInThread(
  words: readonly string[],
  signal: AbortSignal | undefined,
): Promise<CompiledDictionary> {
  const module = new URL('./dictionary-thread.ts', import.meta.url);
  const options = { module, threads: 1, signal };
  const pool = openWorkerPool<readonly string[], CompiledDictionary>(options);
  try {
    const [outcome] = await pool.run([words]);
    if (outcome?.type !== 'done') throw new Error(`词典没有编译成：${outcome?.reason ?? ''}`);
    return outcome.value;
  } finally {
    await pool.close();
  }
}

function pipelineOf(lists: WordLists, { lowMemory = false }: PipelineSettings, given?: Analyzer) {
  const { gazetteer, words } = lists;
  const cores = lowMemory ? 1 : availableParallelism();
  let analyzer = given;
  let builder: ((article: StoredArticle) => BuiltDocument) | undefined;
  // Taking pages in needs no analyzer, and its dictionary takes a second to load.
  const loadAnalyzer = () => (analyzer ??= createAnalyzer(words));
  return {
    ...lists,
    get analyzer() {
      return loadAnalyzer();
    },
    preparePage: createPagePreparer(loadContinuationModel(), createAnnotators(gazetteer)),
    /** Threads that do what `preparePage` does. */
    openPagePool: (need: 'speed' | 'guard', signal?: AbortSignal) =>
      openPagePool(gazetteer, need, cores, signal),
    buildDocument: (article: StoredArticle): BuiltDocument =>
      (builder ??= createDocumentBuilder(loadAnalyzer(), gazetteer))(article),
    /** Threads that do what `buildDocument` does for the changes of a DATA_DIR's store. */
    openChangePool: (dataDir: string, signal?: AbortSignal) =>
      openChangePool({ dataDir, lists: { gazetteer, words } }, cores, signal),
    /** Threads that annotate the stored articles of a DATA_DIR again, as `preparePage` annotates them. */
    openAnnotationPool: (dataDir: string, signal?: AbortSignal) =>
      openWorkerPool<PageRange, ReannotatedArticles>({
        module: new URL('./annotation-thread.ts', import.meta.url),
        // One core is left to those who search meanwhile.
        threads: Math.max(1, Math.min(MOST_ANNOTATION_THREADS, cores - 1)),
        data: { dataDir, gazetteer } satisfies AnnotationThreadData,
        signal,
      }),
    /** Names what an index made with these tools holds. */
    fingerprint: indexFingerprint(words, gazetteer),
    /** Names what articles are annotated with. */
    annotations: annotationFingerprint(gazetteer),
  };
}
