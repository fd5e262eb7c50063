import { fileURLToPath } from 'node:url';
import { groupDuplicates } from '../duplicates/group-duplicates.ts';
import { bringAnnotationsUpToDate } from './annotation-upkeep.ts';
import { countInputs } from '../readers/count-inputs.ts';
import { countArticles } from '../store/articles.ts';
import type { Store } from '../store/database.ts';
import { waitForLock } from '../core/process-lock.ts';
import type { IngestPipeline } from './ingest-pipeline.ts';
import { INGEST_LOCK, ingestFiles } from './ingest-files.ts';

const SAMPLE_CORPUS = fileURLToPath(new URL('../../config/sample-corpus/', import.meta.url));

export interface SampleOptions {
  readonly store: Store;
  readonly dataDir: string;
  readonly pipeline: Pick<IngestPipeline, 'preparePage' | 'annotations' | 'openAnnotationPool'>;
  readonly say: (message: string) => void;
  /** Called while it waits for another process that takes articles in, and after each file. */
  readonly onProgress?: (progress: SampleProgress | 'waiting') => void;
}

interface SampleProgress {
  readonly files: number;
  /** About how many there are. */
  readonly ofFiles: number;
  readonly articles: number;
}

/** Takes the sample corpus that ships with the project into an empty store. */
export async function ingestSampleCorpus(options: SampleOptions): Promise<void> {
  const { store, dataDir, pipeline, say, onProgress = () => undefined } = options;
  const lock = await waitForLock(dataDir, INGEST_LOCK, () => {
    say('另一个进程正在收录，等它完成');
    onProgress('waiting');
  });
  try {
    if (countArticles(store) > 0) return;
    say('文章库是空的，先收录随附的示例数据（SAMPLE_CORPUS=off 可关闭）');
    const ofFiles = await countInputs([SAMPLE_CORPUS]);
    onProgress({ files: 0, ofFiles, articles: 0 });
    await bringAnnotationsUpToDate(store, { pipeline, dataDir, say });
    const report = await ingestFiles([SAMPLE_CORPUS], {
      store,
      preparePage: pipeline.preparePage,
      onFile: ({ files, articles }) =>
        onProgress({ files: files.seen, ofFiles, articles: articles.added }),
    });
    const { groups } = await groupDuplicates(store);
    say(
      `示例数据：${report.files.taken} 个文件，${report.articles.added} 篇文章，${groups} 组重复报道`,
    );
  } finally {
    lock.release();
  }
}
