import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupDuplicates } from '../../indexer/duplicates/group-duplicates.ts';
import { ingestFiles } from '../../indexer/ingest/ingest-files.ts';
import { openStore } from '../../indexer/store/database.ts';
import { createIngestPipeline } from '../../indexer/ingest/ingest-pipeline.ts';
import type { TestService } from '../service-for-tests.ts';
import { startTestService, temporaryFolder } from '../service-for-tests.ts';

export interface CraftedArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly date?: string;
  readonly source?: string;
}

/** The whole service over these articles and no others. */
export async function startServiceOver(articles: readonly CraftedArticle[]): Promise<TestService> {
  const dataDir = temporaryFolder();
  const folder = join(dataDir, 'source');
  mkdirSync(folder);
  const file = join(folder, 'articles.jsonl');
  writeFileSync(file, articles.map((article) => JSON.stringify(article)).join('\n'));
  const store = openStore(dataDir);
  try {
    const { preparePage } = createIngestPipeline();
    const { rejections } = await ingestFiles([file], { store, preparePage });
    if (rejections.length > 0) throw new Error(JSON.stringify(rejections));
    await groupDuplicates(store);
  } finally {
    store.close();
  }
  const service = await startTestService({ DATA_DIR: dataDir, SAMPLE_CORPUS: 'off' });
  return {
    ...service,
    async stop() {
      await service.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
